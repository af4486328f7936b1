/**
 * What authors of plugins test with: topologies made by hand ({@link io.interlock.testkit.Topologies}) and by the dozen
 * ({@link io.interlock.testkit.TopologyGenerator}).
 *
 * <p>Depends on the API.
 */
@NullMarked
package io.interlock.testkit;

import org.jspecify.annotations.NullMarked;
