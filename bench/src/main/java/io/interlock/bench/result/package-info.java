/** The figures and their display: as tables, as JSON, as plots. Depends on no other package here. */
@NullMarked
package io.interlock.bench.result;

import org.jspecify.annotations.NullMarked;
