/**
 * Status of Interlock itself: {@link io.interlock.api.status.InterlockStatus} at one moment, and an
 * {@link io.interlock.api.status.Explanation} of why something is served or not. All values are immutable, for people
 * and programs. Texts from containers are printable and on one line, but untrusted; they must be escaped in HTML.
 *
 * <p>Depends on {@link io.interlock.api.topology}, {@link io.interlock.api.stats} and
 * {@link io.interlock.api.loadbalancer}.
 */
@NullMarked
package io.interlock.api.status;

import org.jspecify.annotations.NullMarked;
