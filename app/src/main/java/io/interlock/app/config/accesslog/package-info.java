/**
 * The operator's destinations for the log of requests, checked and with all defaults.
 *
 * <p>Depends on the API only.
 */
@NullMarked
package io.interlock.app.config.accesslog;

import org.jspecify.annotations.NullMarked;
