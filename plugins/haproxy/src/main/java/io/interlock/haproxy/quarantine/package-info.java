/**
 * What HAProxy refuses although it passed every grammar, and how the rest is served all the same: pure decisions, no I/O.
 * A {@link io.interlock.haproxy.quarantine.Part} is what can be left out; a
 * {@link io.interlock.haproxy.quarantine.CulpritFinder} finds those that HAProxy refuses, first by what HAProxy blames, then
 * by trying; a {@link io.interlock.haproxy.quarantine.Quarantine} keeps them out until they change.
 *
 * <p>A <i>judge</i> says whether HAProxy takes a candidate. Of {@code www_example_com} with two servers and one option,
 * these are the parts, in the order in which they are tried:
 *
 * <pre>{@code
 * Whole     www_example_com
 * Server    www_example_com/web-1
 * Server    www_example_com/web-2
 * Directive www_example_com: option http-no-delay
 * }</pre>
 *
 * <p>The first words of a directive tell which part it belongs to ({@link io.interlock.haproxy.quarantine.Part#ofDirective}): what
 * {@code render} writes under another word is a protection, without which a backend is not served.
 *
 * <p>Depends on the API and {@code plan}.
 */
@NullMarked
package io.interlock.haproxy.quarantine;

import org.jspecify.annotations.NullMarked;
