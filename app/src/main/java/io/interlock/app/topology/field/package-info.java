/**
 * The table of the fields that a container may give. Each entry has the form of the value, its documentation and the
 * effect of a wrong value. Readers, the capability filter, documentation and schema follow from the table.
 *
 * <p>Depends on {@code app.topology.findings} and the API.
 */
@NullMarked
package io.interlock.app.topology.field;

import org.jspecify.annotations.NullMarked;
