/**
 * Small helpers without a domain that more than one package uses.
 *
 * <p>Depends on nothing of Interlock.
 */
@NullMarked
package io.interlock.app.util;

import org.jspecify.annotations.NullMarked;
