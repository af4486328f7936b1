/** The measures, one class each: the load on the subjects, and the resulting figures. */
@NullMarked
package io.interlock.bench.measure;

import org.jspecify.annotations.NullMarked;
