/**
 * The instances of Interlock whose HAProxys share counters of clients as peers: which there are, and which is this one.
 *
 * <p>Decisions are pure; one thread resolves names.
 */
@NullMarked
package io.interlock.haproxy.peers;

import org.jspecify.annotations.NullMarked;
