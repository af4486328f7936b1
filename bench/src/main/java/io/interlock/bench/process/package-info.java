/** What processes cost, as the kernel counts it. Depends on nothing else here. */
@NullMarked
package io.interlock.bench.process;

import org.jspecify.annotations.NullMarked;
