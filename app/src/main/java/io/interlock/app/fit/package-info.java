/**
 * Fits a topology to what one load balancer can do, with an omission for everything that it cannot. Pure.
 *
 * <p>Depends on the API, and on the kinds of policies that the table of container fields has.
 */
@NullMarked
package io.interlock.app.fit;

import org.jspecify.annotations.NullMarked;
