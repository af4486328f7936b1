/**
 * Attacks of containers, engines and clients, all at once, beside honest containers that must be served throughout. May
 * depend on the support of the system tests, on {@code engine}, {@code process} and {@code subject}.
 */
@NullMarked
package io.interlock.bench.attack;

import org.jspecify.annotations.NullMarked;
