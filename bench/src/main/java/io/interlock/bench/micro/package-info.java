/** Benchmarks of single functions, with JMH; the only ones that look into the distribution's jars. */
@NullMarked
package io.interlock.bench.micro;

import org.jspecify.annotations.NullMarked;
