/**
 * Container fields: reads INTERLOCK_DATA and labels of a container into settings and policies, with a finding for every
 * value that is not used; pure.
 *
 * <p>Every value is untrusted: it passes a grammar here or is left out.
 */
@NullMarked
package io.interlock.app.topology.options;

import org.jspecify.annotations.NullMarked;
