/**
 * Fits a topology to what one load balancer can do, with an omission for everything that it cannot. Pure.
 *
 * <p>Depends on the API.
 */
@NullMarked
package io.interlock.app.fit;

import org.jspecify.annotations.NullMarked;
