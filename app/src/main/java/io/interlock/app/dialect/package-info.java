/**
 * The dialects that are on: which facts they need, and what they make of the facts of a container. Pure.
 *
 * <p>Depends on {@code app.inventory} and the API.
 */
@NullMarked
package io.interlock.app.dialect;

import org.jspecify.annotations.NullMarked;
