/** Resources and consumption of processes, as the kernel counts them. Depends on no other package here. */
@NullMarked
package io.interlock.bench.process;

import org.jspecify.annotations.NullMarked;
