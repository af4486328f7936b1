/**
 * What Interlock itself knows and does: {@link io.interlock.api.status.HostStatus} at one moment, and an
 * {@link io.interlock.api.status.Explanation} of why something is served or not. Everything is an immutable value for
 * people and machines to read. Texts that stem from containers are printable and on one line, but untrusted all the same:
 * whoever puts them into HTML escapes them.
 *
 * <p>Depends on {@link io.interlock.api.topology}, {@link io.interlock.api.stats} and
 * {@link io.interlock.api.loadbalancer}.
 */
@NullMarked
package io.interlock.api.status;

import org.jspecify.annotations.NullMarked;
