/**
 * Tells of changes in folders.
 *
 * <p>Depends on nothing.
 */
@NullMarked
package io.interlock.app.folder;

import org.jspecify.annotations.NullMarked;
