/**
 * The operator's rules of ownership: which containers belong to one owner, and what an owner may ask for; pure.
 *
 * <p>Depends on the API's host names, on {@code app.inventory} for facts about containers, and on {@code app.config}
 * for ranges of ports.
 */
@NullMarked
package io.interlock.app.config.ownership;

import org.jspecify.annotations.NullMarked;
