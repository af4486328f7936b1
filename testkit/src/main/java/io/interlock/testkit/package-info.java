/**
 * What authors of plugins test with: topologies made by hand ({@link io.interlock.testkit.Topologies}) and by the dozen
 * ({@link io.interlock.testkit.TopologyGenerator}), a contract for the load balancer
 * ({@link io.interlock.testkit.LoadBalancerContract}) and one for the jar
 * ({@link io.interlock.testkit.PackagingContract}); and to wait for what is expected, {@link io.interlock.testkit.Patience}.
 *
 * <p>Depends on the API, the plugin host, and the clients, servers and ports of {@code test-support}.
 */
@NullMarked
package io.interlock.testkit;

import org.jspecify.annotations.NullMarked;
