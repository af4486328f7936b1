/**
 * Container fields: reads what a container says in INTERLOCK_DATA and labels into settings and policies, with a
 * finding for every value that is not used; pure.
 *
 * <p>Every value is untrusted: it passes a grammar here or is left out.
 */
@NullMarked
package io.interlock.app.topology.options;

import org.jspecify.annotations.NullMarked;
