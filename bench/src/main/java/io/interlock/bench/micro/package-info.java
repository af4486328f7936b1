/** Benchmarks of single functions, with JMH; the only ones that depend on the distribution's jars. */
@NullMarked
package io.interlock.bench.micro;

import org.jspecify.annotations.NullMarked;
