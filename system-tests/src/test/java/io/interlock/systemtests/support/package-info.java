/**
 * Support that only system tests use: {@link io.interlock.systemtests.support.InterlockExtension} gives a test class an
 * engine and an Interlock, and checks afterwards that nothing is left. Support that other modules also use is in
 * {@code test-support}.
 */
package io.interlock.systemtests.support;
