/** Tests of the plugin. */
@NullMarked
package io.interlock.dns.acmedns;

import org.jspecify.annotations.NullMarked;
