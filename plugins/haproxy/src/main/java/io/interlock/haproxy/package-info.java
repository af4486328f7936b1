/**
 * HAProxy as a load balancer of Interlock. {@link io.interlock.haproxy.HaproxyLoadBalancer} shows the one way through:
 * what is wanted ({@link io.interlock.haproxy.Source}) and what runs ({@link io.interlock.haproxy.Proxy}) make a plan
 * ({@code plan}), which is carried out and compared with what came of it ({@code process}). Off that way,
 * {@link io.interlock.haproxy.FileKeeper} brings the files to what was told to a running HAProxy, and
 * {@link io.interlock.haproxy.Housekeeping} knows what to do when there is time, and
 * {@link io.interlock.haproxy.Examiner} finds what HAProxy refuses, which is left out from then on ({@code quarantine}).
 * Where somebody else starts HAProxy, a {@link io.interlock.haproxy.VersionFollower} comes first.
 *
 * <p>Depends on the API, {@code plan}, {@code quarantine}, {@code render}, {@code process} and {@code stats}.
 */
@NullMarked
package io.interlock.haproxy;

import org.jspecify.annotations.NullMarked;
