/** The intake on a real Docker engine: run by the build's integration tests, which fail where there is none. */
@org.jspecify.annotations.NullMarked
package io.interlock.app.docker.engine;
