/** An engine that is simulated, true to the real one in everything that Interlock reads. Depends on nothing else here. */
@NullMarked
package io.interlock.bench.engine;

import org.jspecify.annotations.NullMarked;
