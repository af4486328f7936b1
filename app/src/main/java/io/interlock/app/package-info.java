/**
 * The application's entry point and wiring: the only package that knows all others.
 */
@NullMarked
package io.interlock.app;

import org.jspecify.annotations.NullMarked;
