/**
 * Subjects of the measurements: Interlock and its baselines. Depends on {@code engine} for reading engines and on
 * {@code process}.
 */
@NullMarked
package io.interlock.bench.subject;

import org.jspecify.annotations.NullMarked;
