/**
 * Questions to name servers and what their answers mean (RFC 1035), as far as challenges of certificate authorities and
 * services need it. The JDK's own client hides zones and times to live, and asks no server of choice.
 *
 * <p>Depends on nothing but the JDK and {@code util}.
 */
@NullMarked
package io.interlock.app.dns.message;

import org.jspecify.annotations.NullMarked;
