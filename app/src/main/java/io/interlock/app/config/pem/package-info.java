/**
 * Reads certificates and private keys from PEM text of the configuration.
 *
 * <p>Messages never contain a key.
 */
@NullMarked
package io.interlock.app.config.pem;

import org.jspecify.annotations.NullMarked;
