/**
 * The keys of the configuration file, each declared once: name, type, bounds, default, documentation. The reader, the
 * tables of the documentation and the JSON Schema follow from these declarations.
 *
 * <p>Depends on the records of {@code app.config}, and on {@code app.config.json}, {@code .value} and {@code .problem}.
 */
@NullMarked
package io.interlock.app.config.key;

import org.jspecify.annotations.NullMarked;
