package io.interlock.haproxy;

import io.interlock.api.topology.Topology;
import io.interlock.haproxy.plan.Frame;
import io.interlock.haproxy.plan.Wanted;
import io.interlock.haproxy.render.ConfigTemplate;
import io.interlock.haproxy.render.RenderSettings;
import io.interlock.haproxy.render.Rendered;
import io.interlock.haproxy.render.Renderer;
import io.interlock.haproxy.render.TemplateException;
import io.interlock.haproxy.render.WantedFactory;
import java.time.Duration;
import java.util.Optional;

/** What HAProxy is to have, and how that is written. */
final class Source {

    private final TemplateSource template;
    private final Renderer renderer;
    private final WantedFactory factory;
    private final boolean runtime;

    /**
     * @param runtime whether HAProxy can be told of servers and routes while it runs
     */
    Source(TemplateSource template, RenderSettings settings, boolean runtime) {
        this.template = template;
        this.renderer = new Renderer(settings);
        this.factory = new WantedFactory(settings, System::nanoTime);
        this.runtime = runtime;
    }

    /**
     * Something to have, with the template to write it by.
     *
     * @param wanted what
     * @param template how
     */
    record Draft(Wanted wanted, ConfigTemplate template) {}

    /** What a topology asks for, with the template as it is now. */
    Draft draft(Topology topology) throws TemplateException {
        ConfigTemplate now = template.current();
        Draft draft = new Draft(factory.of(topology, now), now);
        return runtime ? draft : whole(draft);
    }

    /** After what time the same topology asks for something else; empty: never. */
    Optional<Duration> next() {
        return factory.next();
    }

    /** May be called on any thread. */
    Rendered render(Draft draft) throws TemplateException {
        return renderer.render(draft.wanted(), draft.template());
    }

    /** Whatever an own template makes of servers and routes: HAProxy has it as it is written, or must load it anew. */
    private Draft whole(Draft draft) throws TemplateException {
        Wanted parts = draft.wanted();
        Frame frame = new Frame(
                render(draft).revision(),
                parts.frame().wildcardDepths(),
                parts.frame().paths());
        return new Draft(new Wanted(frame, parts.backends(), parts.hosts()), draft.template());
    }
}
