/**
 * Makes the desired configuration of a topology ({@link io.interlock.haproxy.render.DesiredConfigFactory}) and the
 * text of HAProxy's files ({@link io.interlock.haproxy.render.ConfigRenderer}). Pure: no I/O.
 *
 * <p>The renderer fills a template with the {@link io.interlock.haproxy.render.TemplateModel}, puts a prologue before
 * it and the sections of users after it, and writes the map files. {@link io.interlock.haproxy.render.LineOwners} says
 * which line of the text belongs to which part of the topology.
 *
 * <p>Depends on {@code haproxy.model}, {@code haproxy.quarantine}, {@code haproxy.render.directive}, {@code
 * haproxy.render.map} and jmustache.
 */
@NullMarked
package io.interlock.haproxy.render;

import org.jspecify.annotations.NullMarked;
