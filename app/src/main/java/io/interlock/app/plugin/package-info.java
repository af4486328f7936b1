/**
 * Looks after the folder of plugins' jars while it changes: {@link io.interlock.app.plugin.PluginHost} leads from what is in
 * use to what lies there, says what is known of each ({@link io.interlock.app.plugin.PluginReport}), and keeps whatever
 * plugins do wrong to themselves. Who has load balancers serve is told by
 * {@link io.interlock.app.plugin.LoadBalancers}.
 *
 * <p>Depends on {@code app.config}, {@code app.fit}, the plugin host's module and the API.
 */
@NullMarked
package io.interlock.app.plugin;

import org.jspecify.annotations.NullMarked;
