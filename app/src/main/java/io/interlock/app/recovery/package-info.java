/**
 * The inventory on disk, so that the next controller knows what a running proxy serves for an engine that does not
 * answer yet, and whose each name is. {@link io.interlock.app.recovery.InventoryJournal} writes each change before load balancers get it; {@link
 * io.interlock.app.recovery.InventoryJournalReader} reads what an earlier controller, of this version or another, left.
 *
 * <p>Depends on {@code app.inventory} and {@code app.topology.ownership}.
 */
@NullMarked
package io.interlock.app.recovery;

import org.jspecify.annotations.NullMarked;
