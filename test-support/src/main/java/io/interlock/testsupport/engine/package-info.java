/**
 * Real Docker engines: {@link io.interlock.testsupport.engine.Engine} starts sample containers on the engine of this machine,
 * {@link io.interlock.testsupport.engine.OwnEngine} is one of a test's own, {@link io.interlock.testsupport.engine.EngineProxy} is a
 * connection to an engine that can be cut and that notes the requests, and {@link io.interlock.testsupport.engine.RollingPool}
 * replaces containers one by one.
 */
package io.interlock.testsupport.engine;
