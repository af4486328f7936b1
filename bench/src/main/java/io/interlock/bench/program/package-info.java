/**
 * Programs that measure and print their figures: {@code make measure} runs one of them. Unlike the measures of
 * {@code make bench} they compare with nothing and write no results.
 */
@NullMarked
package io.interlock.bench.program;

import org.jspecify.annotations.NullMarked;
