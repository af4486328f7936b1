/** Tests of the plugin. */
@NullMarked
package io.interlock.dns.exec;

import org.jspecify.annotations.NullMarked;
