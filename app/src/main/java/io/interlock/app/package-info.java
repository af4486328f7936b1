/** Entry point and wiring of the application; the only package that knows all others. */
@NullMarked
package io.interlock.app;

import org.jspecify.annotations.NullMarked;
