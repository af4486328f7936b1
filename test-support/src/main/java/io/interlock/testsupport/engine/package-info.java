/**
 * Real Docker engines: {@link io.interlock.testsupport.engine.LocalEngine} starts sample containers on the engine of
 * this machine, {@link io.interlock.testsupport.engine.NamespaceEngine} is an engine of one test,
 * {@link io.interlock.testsupport.engine.EngineProxy} is a connection to an engine that can be cut and that records the
 * requests, and {@link io.interlock.testsupport.engine.RollingContainerPool} replaces containers one by one.
 */
package io.interlock.testsupport.engine;
