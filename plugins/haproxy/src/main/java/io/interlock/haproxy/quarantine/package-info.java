/**
 * Finds what HAProxy refuses although it passed every grammar, so that the rest is served. Pure: no I/O. A {@link
 * io.interlock.haproxy.quarantine.ConfigPart} can be left out. {@link
 * io.interlock.haproxy.quarantine.RefusedPartDetector} finds the parts that HAProxy refuses, first by the alerts of
 * HAProxy, then by trying. {@link io.interlock.haproxy.quarantine.QuarantineRegistry} keeps them out until they
 * change.
 *
 * <p>A {@link io.interlock.haproxy.quarantine.CandidateValidator} says whether HAProxy accepts a candidate. For {@code
 * www_example_com} with two servers and one option, these are the parts in the order in which they are tried:
 *
 * <pre>{@code
 * Whole     www_example_com
 * Server    www_example_com/web-1
 * Server    www_example_com/web-2
 * Directive www_example_com: option http-no-delay
 * }</pre>
 *
 * <p>The first words of a directive tell its part. A directive that {@code render} writes under another word is a
 * protection, without which a backend is not served.
 *
 * <p>Depends on the API and {@code haproxy.model}.
 */
@NullMarked
package io.interlock.haproxy.quarantine;

import org.jspecify.annotations.NullMarked;
