/** Rules of routers: their grammar, and which requests they mean in Interlock's terms. Pure. */
@NullMarked
package io.interlock.traefik.rule;

import org.jspecify.annotations.NullMarked;
