/**
 * Test kit for authors of plugins. A contract for each extension point: of load balancers
 * ({@link io.interlock.testkit.ApplyContract}, and {@link io.interlock.testkit.LoadBalancerContract} with real requests), of
 * statistics sinks ({@link io.interlock.testkit.StatsSinkContract}), of DNS providers
 * ({@link io.interlock.testkit.DnsProviderContract}), of dialects ({@link io.interlock.testkit.DialectContract}) and of the jar
 * ({@link io.interlock.testkit.PackagingContract}). Topologies written by hand ({@link io.interlock.testkit.TopologyFixtures})
 * and generated ({@link io.interlock.testkit.TopologyGenerator}), statuses and statistics
 * ({@link io.interlock.testkit.InterlockStatusBuilder}, {@link io.interlock.testkit.StatsSnapshotBuilder}), and a time limit for
 * expected results ({@link io.interlock.testkit.TestTimeout}).
 *
 * <p>Depends on the API, the plugin host, and the clients, servers and ports of {@code test-support}.
 */
@NullMarked
package io.interlock.testkit;

import org.jspecify.annotations.NullMarked;
