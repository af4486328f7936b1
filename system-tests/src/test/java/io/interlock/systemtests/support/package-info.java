/**
 * The stage for system tests: {@link io.interlock.systemtests.support.Engine} starts sample containers,
 * {@link io.interlock.systemtests.support.InterlockProcess} starts the distribution, and
 * {@link io.interlock.systemtests.support.RunningInterlock} gives a test class both and checks afterwards that nothing is
 * left. {@link io.interlock.systemtests.support.Http} and {@link io.interlock.systemtests.support.LoadClient} are the clients,
 * {@link io.interlock.systemtests.support.RollingPool} replaces containers one by one,
 * {@link io.interlock.systemtests.support.EngineProxy} a wire to the engine that can be cut and listened to.
 */
package io.interlock.systemtests.support;
