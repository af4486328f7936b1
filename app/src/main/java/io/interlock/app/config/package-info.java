/**
 * Interlock's configuration file: reads it with the place of every value, checks everything at once, and yields one
 * immutable {@link io.interlock.app.config.InterlockConfig}.
 *
 * <p>{@code ConfigKeys} declares each key once. A new key is one entry there and its use in a binder; the documents follow
 * with the command that {@code ConfigDocumentsTest} names.
 *
 * <p>Depends on the API's settings, Jackson, and {@code app.topology} for the terms that it decides by; on nothing else of the
 * application.
 */
@NullMarked
package io.interlock.app.config;

import org.jspecify.annotations.NullMarked;
