/**
 * Faults of engines, of a swarm, of containers and of Interlock itself, one or two at a time, under load, and checks
 * that no resource has grown after them. May depend on the support of the system tests and on {@code process}.
 */
@NullMarked
package io.interlock.bench.chaos;

import org.jspecify.annotations.NullMarked;
