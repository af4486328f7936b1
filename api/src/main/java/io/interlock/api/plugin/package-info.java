/** Services that every plugin gets from its host, whatever its extension point. Depends on nothing but the JDK. */
@NullMarked
package io.interlock.api.plugin;

import org.jspecify.annotations.NullMarked;
