/**
 * What only system tests use: {@link io.interlock.systemtests.support.RunningInterlock} gives a test class an engine and an Interlock,
 * and checks afterwards that nothing is left. Everything that other modules use too is in {@code test-support}.
 */
package io.interlock.systemtests.support;
