package io.interlock.haproxy.apply;

import io.interlock.api.loadbalancer.Omission;
import io.interlock.api.topology.Topology;
import io.interlock.haproxy.files.TemplateLoader;
import io.interlock.haproxy.model.BackendSpec;
import io.interlock.haproxy.model.CertificateSpec;
import io.interlock.haproxy.model.DesiredConfig;
import io.interlock.haproxy.model.GlobalConfig;
import io.interlock.haproxy.model.PeerGroup;
import io.interlock.haproxy.peers.InstanceResolver.Resolution;
import io.interlock.haproxy.peers.InstanceWatcher;
import io.interlock.haproxy.process.HaproxyAlert;
import io.interlock.haproxy.quarantine.ConfigPart;
import io.interlock.haproxy.quarantine.ConfigParts;
import io.interlock.haproxy.quarantine.OmissionFormatter;
import io.interlock.haproxy.quarantine.QuarantineRegistry;
import io.interlock.haproxy.render.ConfigRenderer;
import io.interlock.haproxy.render.ConfigTemplate;
import io.interlock.haproxy.render.DesiredConfigFactory;
import io.interlock.haproxy.render.IncrementalFilter;
import io.interlock.haproxy.render.LineOwners;
import io.interlock.haproxy.render.RenderedConfig;
import io.interlock.haproxy.render.TemplateException;
import io.interlock.haproxy.render.directive.RenderSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Source of the desired configuration, and of its rendered form. */
public final class DesiredConfigSource implements AutoCloseable {

    private final TemplateLoader template;
    private final ConfigRenderer renderer;
    private final DesiredConfigFactory factory;
    private final boolean runtime;
    private final InstanceWatcher instances;
    private final Function<PeerGroup, Optional<String>> obstacle;
    private final QuarantineRegistry quarantine = new QuarantineRegistry();
    private final IncrementalFilter<BackendSpec> incomplete =
            new IncrementalFilter<>(backend -> !backend.omissions().isEmpty());
    private final Map<String, String> refusedCertificates = new HashMap<>();
    private @Nullable ConfigTemplate quarantinedFor;
    private Optional<PeerGroup> sharing = Optional.empty();

    /**
     * @param runtime whether servers and routes of HAProxy can be changed at run time
     * @param instances the instances that share counters of clients
     * @param obstacle returns why HAProxy cannot listen for other instances; empty if it can
     */
    public DesiredConfigSource(
            TemplateLoader template,
            RenderSettings settings,
            boolean runtime,
            InstanceWatcher instances,
            Function<PeerGroup, Optional<String>> obstacle) {
        this.template = template;
        this.renderer = new ConfigRenderer(settings);
        this.factory = new DesiredConfigFactory(settings, System::nanoTime);
        this.runtime = runtime;
        this.instances = instances;
        this.obstacle = obstacle;
    }

    /**
     * Desired configuration with the template that renders it.
     *
     * @param desired the configuration
     * @param template the template
     * @param omissions what the containers asked for and the configuration does not contain
     */
    record Draft(DesiredConfig desired, ConfigTemplate template, List<Omission> omissions) {
        Draft {
            omissions = List.copyOf(omissions);
        }

        /** Returns this draft with additional omissions. */
        Draft with(List<Omission> more) {
            return more.isEmpty()
                    ? this
                    : new Draft(
                            desired,
                            template,
                            Stream.concat(omissions.stream(), more.stream()).toList());
        }
    }

    /**
     * The draft for a topology with the current template, without the parts and certificates that HAProxy refused
     * before.
     */
    Draft draft(Topology topology) throws TemplateException {
        ConfigTemplate now = template.current();
        if (!now.equals(quarantinedFor)) {
            quarantine.clear();
            quarantinedFor = now;
        }
        Resolution shared = shared();
        DesiredConfig asked = factory.of(topology, now).with(shared.group());
        DesiredConfig all = withoutRefusedCertificates(asked);
        Map<ConfigPart, String> refused = quarantine.in(all);
        DesiredConfig rest = ConfigParts.without(all, refused.keySet());
        List<Omission> omissions = new ArrayList<>();
        incomplete.of(all.backends()).forEach(backend -> omissions.addAll(backend.omissions()));
        refused.forEach((part, said) -> omissions.add(OmissionFormatter.of(part, topology, all, said)));
        refusedCertificates(asked).forEach(certificate -> omissions.add(omission(certificate)));
        shared.problem()
                .ifPresent(problem ->
                        omissions.add(new Omission("", Optional.empty(), "instances", instances.text(), problem)));
        return new Draft(runtime ? rest : whole(rest, now), now, omissions);
    }

    /** With whom HAProxy is to share counters. A port of others is tested before HAProxy has it, not again. */
    private Resolution shared() {
        Resolution now = instances.current();
        Optional<String> reason =
                now.group().equals(sharing) ? Optional.empty() : now.group().flatMap(obstacle);
        if (reason.isPresent()) {
            return Resolution.alone(reason.get());
        }
        sharing = now.group();
        return now;
    }

    @Override
    public void close() {
        instances.close();
    }

    /**
     * Excludes from now on the certificates that HAProxy names when it refuses a configuration. The plugin host has
     * checked them, but HAProxy's library may be stricter.
     *
     * @return whether HAProxy names any
     */
    boolean refuseCertificates(DesiredConfig desired, List<HaproxyAlert> alerts) {
        Map<String, String> named = new HashMap<>();
        int line = 0;
        for (CertificateSpec certificate : desired.certificates()) {
            int before = line;
            line += certificate.lines().size();
            int last = line;
            alerts.stream()
                    .filter(alert -> alert.names(certificate.path()) || alert.namesListLine(before + 1, last))
                    .findFirst()
                    .ifPresent(alert -> named.put(certificate.path(), alert.text()));
        }
        refusedCertificates.putAll(named);
        return !named.isEmpty();
    }

    private List<CertificateSpec> refusedCertificates(DesiredConfig asked) {
        return asked.certificates().stream()
                .filter(certificate -> refusedCertificates.containsKey(certificate.path()))
                .toList();
    }

    private DesiredConfig withoutRefusedCertificates(DesiredConfig asked) {
        if (refusedCertificates.isEmpty()) {
            return asked;
        }
        List<CertificateSpec> rest = new ArrayList<>(asked.certificates());
        rest.removeAll(refusedCertificates(asked));
        return new DesiredConfig(asked.frame(), asked.backends(), asked.hosts(), rest);
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

    /**
     * Excludes the refused parts of a topology until they or the template change.
     *
     * @param refused by part, HAProxy's message
     */
    void quarantine(Topology topology, Map<ConfigPart, String> refused) throws TemplateException {
        quarantine.hold(factory.of(topology, template.current()), refused);
    }

    /** Time after which the same topology results in another configuration; empty: never. */
    Optional<Duration> next() {
        return factory.next();
    }

    /** Renders the draft. Safe for use by any thread. */
    RenderedConfig render(Draft draft) throws TemplateException {
        return renderer.render(draft.desired(), draft.template());
    }

    /** The parts to which the lines of the rendered draft belong. */
    LineOwners owners(Draft draft) throws TemplateException {
        return renderer.owners(draft.desired(), draft.template());
    }

    /**
     * Replaces the digest by the revision of the complete rendered configuration, so that every change of the text
     * requires a reload, whatever the operator's template does with servers and routes.
     */
    private DesiredConfig whole(DesiredConfig parts, ConfigTemplate template) throws TemplateException {
        GlobalConfig frame = new GlobalConfig(
                renderer.render(parts, template).revision(),
                parts.frame().wildcardDepths(),
                parts.frame().paths(),
                parts.frame().tls(),
                parts.frame().challenges(),
                parts.frame().tcp(),
                parts.frame().rules(),
                parts.frame().peers());
        return new DesiredConfig(frame, parts.backends(), parts.hosts(), parts.certificates());
    }
}
