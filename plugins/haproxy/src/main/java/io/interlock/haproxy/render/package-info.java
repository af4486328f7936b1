/**
 * From a topology to the text of HAProxy's files: pure functions, no I/O. {@link io.interlock.haproxy.render.Renderer}
 * is the way in. It builds the {@link io.interlock.haproxy.render.TemplateModel}, which is what a template sees, fills
 * the template, puts a prologue before it, and writes the map files; {@link io.interlock.haproxy.render.BackendOptions}
 * knows which {@code option} a backend may have.
 *
 * <p>Depends on the API and on jmustache.
 */
@NullMarked
package io.interlock.haproxy.render;

import org.jspecify.annotations.NullMarked;
