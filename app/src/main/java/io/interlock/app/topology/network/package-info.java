/**
 * Decides at which address and port a container is reachable from where Interlock runs; pure.
 *
 * <p>IPv4 comes before IPv6, and a network that both share before a published port.
 */
@NullMarked
package io.interlock.app.topology.network;

import org.jspecify.annotations.NullMarked;
