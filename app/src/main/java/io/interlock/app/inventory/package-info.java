/**
 * Running containers of the engines, as facts from the last inspect. {@code app.docker} writes them,
 * {@code app.topology} reads them; this package decides nothing. <em>Unknown</em> (an engine that was never reached) is
 * not <em>empty</em>. The last known containers of an unreachable engine stay.
 *
 * <p>Depends on no other package of the application.
 */
@NullMarked
package io.interlock.app.inventory;

import org.jspecify.annotations.NullMarked;
