/**
 * The answers of commands as text for people.
 *
 * <p>Depends on Jackson and nothing else of the application.
 */
@NullMarked
package io.interlock.app.cli.text;

import org.jspecify.annotations.NullMarked;
