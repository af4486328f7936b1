/**
 * Clients, servers and ports on this machine. {@link io.interlock.testsupport.network.FreePorts} gives ports that nobody else is given,
 * {@link io.interlock.testsupport.network.LoadClient} sends requests and accounts for each of them.
 */
@NullMarked
package io.interlock.testsupport.network;

import org.jspecify.annotations.NullMarked;
