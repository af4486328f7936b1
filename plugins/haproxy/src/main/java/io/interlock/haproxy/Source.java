package io.interlock.haproxy;

import io.interlock.api.loadbalancer.Omission;
import io.interlock.api.topology.Topology;
import io.interlock.haproxy.plan.BackendSpec;
import io.interlock.haproxy.plan.CertificateSpec;
import io.interlock.haproxy.plan.Frame;
import io.interlock.haproxy.plan.Selection;
import io.interlock.haproxy.plan.Wanted;
import io.interlock.haproxy.process.Alert;
import io.interlock.haproxy.quarantine.LeftOut;
import io.interlock.haproxy.quarantine.Part;
import io.interlock.haproxy.quarantine.Parts;
import io.interlock.haproxy.quarantine.Quarantine;
import io.interlock.haproxy.render.ConfigTemplate;
import io.interlock.haproxy.render.LineOwners;
import io.interlock.haproxy.render.RenderSettings;
import io.interlock.haproxy.render.Rendered;
import io.interlock.haproxy.render.Renderer;
import io.interlock.haproxy.render.TemplateException;
import io.interlock.haproxy.render.WantedFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What HAProxy is to have, and how that is written. */
final class Source {

    private final TemplateSource template;
    private final Renderer renderer;
    private final WantedFactory factory;
    private final boolean runtime;
    private final Quarantine quarantine = new Quarantine();
    private final Selection<BackendSpec> incomplete =
            new Selection<>(backend -> !backend.omissions().isEmpty());
    private final Map<String, String> refusedCertificates = new HashMap<>();
    private @Nullable ConfigTemplate quarantinedFor;

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
     * @param omissions what was asked for and is not in there
     */
    record Draft(Wanted wanted, ConfigTemplate template, List<Omission> omissions) {
        Draft {
            omissions = List.copyOf(omissions);
        }

        /** The same with more that is not in there. */
        Draft with(List<Omission> more) {
            return more.isEmpty()
                    ? this
                    : new Draft(
                            wanted,
                            template,
                            Stream.concat(omissions.stream(), more.stream()).toList());
        }
    }

    /** What a topology asks for, apart from what HAProxy refused before, with the template as it is now. */
    Draft draft(Topology topology) throws TemplateException {
        ConfigTemplate now = template.current();
        if (!now.equals(quarantinedFor)) {
            quarantine.clear();
            quarantinedFor = now;
        }
        Wanted asked = factory.of(topology, now);
        Wanted all = withoutRefusedCertificates(asked);
        Map<Part, String> refused = quarantine.in(all);
        Wanted rest = Parts.without(all, refused.keySet());
        List<Omission> omissions = new ArrayList<>();
        incomplete.of(all.backends()).forEach(backend -> omissions.addAll(backend.omissions()));
        refused.forEach((part, said) -> omissions.add(LeftOut.of(part, topology, all, said)));
        refusedCertificates(asked).forEach(certificate -> omissions.add(omission(certificate)));
        return new Draft(runtime ? rest : whole(rest, now), now, omissions);
    }

    /**
     * Leaves certificates out from now on that HAProxy names in its refusal of a configuration: the host has checked them, but
     * HAProxy's library may be stricter.
     *
     * @return whether it names any
     */
    boolean refuseCertificates(Wanted wanted, List<Alert> alerts) {
        Map<String, String> named = new HashMap<>();
        for (CertificateSpec certificate : wanted.certificates()) {
            alerts.stream()
                    .filter(alert -> alert.names(certificate.path()))
                    .findFirst()
                    .ifPresent(alert -> named.put(certificate.path(), alert.text()));
        }
        refusedCertificates.putAll(named);
        return !named.isEmpty();
    }

    private List<CertificateSpec> refusedCertificates(Wanted asked) {
        return asked.certificates().stream()
                .filter(certificate -> refusedCertificates.containsKey(certificate.path()))
                .toList();
    }

    private Wanted withoutRefusedCertificates(Wanted asked) {
        if (refusedCertificates.isEmpty()) {
            return asked;
        }
        List<CertificateSpec> rest = new ArrayList<>(asked.certificates());
        rest.removeAll(refusedCertificates(asked));
        return new Wanted(asked.frame(), asked.backends(), asked.hosts(), rest);
    }

    private Omission omission(CertificateSpec certificate) {
        return new Omission(
                "",
                Optional.empty(),
                "certificate",
                certificate.id(),
                "not shown to clients until it changes; HAProxy refuses it: "
                        + refusedCertificates.get(certificate.path()));
    }

    /** Leaves parts out of what a topology asks for, by what HAProxy says of each, until they change or the template does. */
    void quarantine(Topology topology, Map<Part, String> refused) throws TemplateException {
        quarantine.hold(factory.of(topology, template.current()), refused);
    }

    /** After what time the same topology asks for something else; empty: never. */
    Optional<Duration> next() {
        return factory.next();
    }

    /** May be called on any thread. */
    Rendered render(Draft draft) throws TemplateException {
        return renderer.render(draft.wanted(), draft.template());
    }

    /** Which lines of that are there for which part. */
    LineOwners owners(Draft draft) throws TemplateException {
        return renderer.owners(draft.wanted(), draft.template());
    }

    /** Whatever an own template makes of servers and routes: HAProxy has it as it is written, or must load it anew. */
    private Wanted whole(Wanted parts, ConfigTemplate template) throws TemplateException {
        Frame frame = new Frame(
                renderer.render(parts, template).revision(),
                parts.frame().wildcardDepths(),
                parts.frame().paths(),
                parts.frame().tls(),
                parts.frame().challenges(),
                parts.frame().tcp(),
                parts.frame().rules());
        return new Wanted(frame, parts.backends(), parts.hosts(), parts.certificates());
    }
}
