/**
 * Watches Docker engines and keeps the {@link io.interlock.app.inventory} true. Events are hints: what a container is
 * comes from inspecting it again, so a lost, doubled or reordered event changes nothing in the end.
 *
 * <p>Depends on {@code app.inventory}, {@code app.config} and docker-java, which appears nowhere else.
 */
@NullMarked
package io.interlock.app.docker;

import org.jspecify.annotations.NullMarked;
