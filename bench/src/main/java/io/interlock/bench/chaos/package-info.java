/**
 * Faults of engines, containers and Interlock itself, one after the other under load. May depend on the support of the system
 * tests and on {@code process}.
 */
@NullMarked
package io.interlock.bench.chaos;

import org.jspecify.annotations.NullMarked;
