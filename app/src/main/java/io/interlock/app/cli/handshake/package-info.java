/**
 * Handshakes as a client makes them, and what that client sees: for {@code interlock certificates check}.
 *
 * <p>Depends on the API and {@code util}.
 */
@NullMarked
package io.interlock.app.cli.handshake;

import org.jspecify.annotations.NullMarked;
