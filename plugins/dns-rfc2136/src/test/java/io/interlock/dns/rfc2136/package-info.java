/** Tests of the plugin. */
@NullMarked
package io.interlock.dns.rfc2136;

import org.jspecify.annotations.NullMarked;
