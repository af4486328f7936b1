/** What was measured, and how it is shown: as a table, as JSON, as plots. Depends on nothing else here. */
@NullMarked
package io.interlock.bench.result;

import org.jspecify.annotations.NullMarked;
