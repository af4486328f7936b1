/**
 * What the engines are known to run: facts about containers as they were last inspected, by engine. Written by
 * {@code app.docker}, read by {@code app.topology}; decides nothing. <em>Unknown</em> (an engine that was never reached)
 * is not <em>empty</em>; what an unreachable engine ran last stays.
 *
 * <p>Depends on nothing else of the application.
 */
@NullMarked
package io.interlock.app.inventory;

import org.jspecify.annotations.NullMarked;
