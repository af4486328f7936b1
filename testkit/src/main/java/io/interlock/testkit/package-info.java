/**
 * Test kit for authors of plugins: topologies written by hand ({@link io.interlock.testkit.TopologyFixtures}) and
 * generated ({@link io.interlock.testkit.TopologyGenerator}), a contract of the load balancer
 * ({@link io.interlock.testkit.LoadBalancerContract}), one of the DNS provider
 * ({@link io.interlock.testkit.DnsProviderContract}) and one of the jar
 * ({@link io.interlock.testkit.PackagingContract}), and a time limit for expected results
 * ({@link io.interlock.testkit.TestTimeout}).
 *
 * <p>Depends on the API, the plugin host, and the clients, servers and ports of {@code test-support}.
 */
@NullMarked
package io.interlock.testkit;

import org.jspecify.annotations.NullMarked;
