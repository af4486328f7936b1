/**
 * Simulated engine that is equal to a real one in everything that Interlock reads. Depends on no other package here.
 */
@NullMarked
package io.interlock.bench.engine;

import org.jspecify.annotations.NullMarked;
