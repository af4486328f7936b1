/** Labels as the directives of a Caddyfile: nesting, order, arguments and snippets, without their meaning. Depends on nothing. */
@NullMarked
package io.interlock.caddy.label;

import org.jspecify.annotations.NullMarked;
