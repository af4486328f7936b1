/**
 * The configuration of Interlock: one immutable {@link io.interlock.app.config.InterlockConfig}, or a list of all
 * problems, each with its place.
 *
 * <p>{@code config.key} declares each key of the file, {@code config.reader} reads the file. A new key is one entry in
 * {@code ConfigKeys} and its use in a binder; {@code ConfigDocumentsTest} names the command that updates the
 * documents.
 *
 * <p>Depends on the API's settings, on {@code app.inventory} for the policy on containers, and on Jackson.
 */
@NullMarked
package io.interlock.app.config;

import org.jspecify.annotations.NullMarked;
