/**
 * Entries of map files and certificate lists.
 *
 * <p>Pure; depends on {@code haproxy.model} and {@code haproxy.render.directive}.
 */
@NullMarked
package io.interlock.haproxy.render.map;

import org.jspecify.annotations.NullMarked;
