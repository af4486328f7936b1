/**
 * Directives of a configuration file, one class for each subject: policies, checks, TLS, listeners. Quotes every
 * value.
 *
 * <p>Pure; depends on {@code haproxy.model}.
 */
@NullMarked
package io.interlock.haproxy.render.directive;

import org.jspecify.annotations.NullMarked;
