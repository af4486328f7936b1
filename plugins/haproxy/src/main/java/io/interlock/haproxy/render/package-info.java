/**
 * From a topology to what HAProxy is to have ({@link io.interlock.haproxy.render.WantedFactory}), and from there to the
 * text of HAProxy's files ({@link io.interlock.haproxy.render.Renderer}): pure functions, no I/O. The renderer builds the
 * {@link io.interlock.haproxy.render.TemplateModel}, which is what a template sees, fills the template, puts a prologue
 * before it and sections of users after it, and writes the map files; {@link io.interlock.haproxy.render.BackendOptions} knows
 * which {@code option} a backend may have, {@link io.interlock.haproxy.render.PolicyDirectives} how its policies are written, {@link io.interlock.haproxy.render.PolicyRank} in which
 * order, whatever the order in the topology, {@link io.interlock.haproxy.render.ServerParameters} what follows a server's address, in the
 * file and at run time alike.
 *
 * <p>{@link io.interlock.haproxy.render.LineOwners} says which line of the text is there for which part.
 *
 * <p>Depends on the API, {@code plan}, {@code quarantine} and jmustache.
 */
@NullMarked
package io.interlock.haproxy.render;

import org.jspecify.annotations.NullMarked;
