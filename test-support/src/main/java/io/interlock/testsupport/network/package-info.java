/**
 * Clients, servers and ports on this machine. {@link io.interlock.testsupport.network.PortAllocator} allocates unique
 * ports, {@link io.interlock.testsupport.network.HttpLoadClient} sends requests and accounts for each of them.
 */
@NullMarked
package io.interlock.testsupport.network;

import org.jspecify.annotations.NullMarked;
