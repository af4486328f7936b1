/**
 * What authors of plugins test with: topologies made by hand ({@link io.interlock.testkit.Topologies}) and by the dozen
 * ({@link io.interlock.testkit.TopologyGenerator}), a contract for the load balancer
 * ({@link io.interlock.testkit.LoadBalancerContract}) and one for the jar
 * ({@link io.interlock.testkit.PackagingContract}); for servers that have to be told a port, {@link io.interlock.testkit.Ports}; and to
 * wait for what is expected, {@link io.interlock.testkit.Patience}.
 *
 * <p>Depends on the API and the plugin host.
 */
@NullMarked
package io.interlock.testkit;

import org.jspecify.annotations.NullMarked;
