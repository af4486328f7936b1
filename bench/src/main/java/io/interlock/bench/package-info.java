/** Programs of the benchmarks: {@code make bench} and {@code make soak}. */
@NullMarked
package io.interlock.bench;

import org.jspecify.annotations.NullMarked;
