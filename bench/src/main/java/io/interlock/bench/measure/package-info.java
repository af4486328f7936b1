/** The measures, one class each: what is done to the subjects, and which figures come of it. */
@NullMarked
package io.interlock.bench.measure;

import org.jspecify.annotations.NullMarked;
