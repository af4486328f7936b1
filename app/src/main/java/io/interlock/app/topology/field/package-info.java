/**
 * The table of the fields that a container may give, with the form, the documentation and the consequence of a wrong
 * value of each. Readers, the capability filter, documentation and schema follow from the table.
 *
 * <p>Depends on {@code app.topology.findings} and the API.
 */
@NullMarked
package io.interlock.app.topology.field;

import org.jspecify.annotations.NullMarked;
