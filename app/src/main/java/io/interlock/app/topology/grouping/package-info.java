/**
 * Groups containers that ask for the same requests into backends, and orders the routes of each host name; pure.
 *
 * <p>The second half of the topology. It works on candidates, never on facts.
 */
@NullMarked
package io.interlock.app.topology.grouping;

import org.jspecify.annotations.NullMarked;
