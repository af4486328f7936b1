/**
 * Client of HAProxy's Runtime API: commands over its sockets, their answers, and the verification of changes.
 *
 * <p>Blocks for a limited time; starts no process.
 */
@NullMarked
package io.interlock.haproxy.runtime;

import org.jspecify.annotations.NullMarked;
