package io.interlock.haproxy.render;

import io.interlock.api.loadbalancer.ProxySettings;
import io.interlock.haproxy.model.BackendSpec;
import io.interlock.haproxy.model.DesiredConfig;
import io.interlock.haproxy.model.GlobalConfig;
import io.interlock.haproxy.model.HaproxyFeature;
import io.interlock.haproxy.model.HaproxyMap;
import io.interlock.haproxy.model.HaproxyPaths;
import io.interlock.haproxy.model.ServerSpec;
import io.interlock.haproxy.model.ServerTraits;
import io.interlock.haproxy.model.SpareBackend;
import io.interlock.haproxy.model.TcpListenerSpec;
import io.interlock.haproxy.plan.SpareBackendPlanner;
import io.interlock.haproxy.quarantine.ConfigPart;
import io.interlock.haproxy.render.directive.ClientConnectionRules;
import io.interlock.haproxy.render.directive.ForwardAuthDirectives;
import io.interlock.haproxy.render.directive.ListenerDirectives;
import io.interlock.haproxy.render.directive.RenderSettings;
import io.interlock.haproxy.render.directive.RequestNormalization;
import io.interlock.haproxy.render.map.HostExpressionRules;
import io.interlock.haproxy.render.map.MapFileRenderer;
import io.interlock.haproxy.render.map.TcpMapEntries;
import io.interlock.util.Sha256;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Renders the desired configuration as text. Pure: the same configuration, settings and template result in the same
 * bytes. The text starts with a prologue of the plugin, whatever the template: the plugin needs it to control HAProxy
 * and to prove what HAProxy serves.
 */
public final class ConfigRenderer {

    /**
     * Environment variable in which a worker of HAProxy returns the {@link RenderedConfig#revision()} that it serves.
     */
    public static final String REVISION_VARIABLE = "INTERLOCK_REVISION";

    private static final int REVISION_DIGITS = 16;
    private static final int NO_ROUTE = 503;
    private static final String NO_ROUTE_TEXT = "\"There is no route for the host name and path of this request.\\n\"";

    private static final ServerSpec SAMPLE_SERVER =
            new ServerSpec("sample", InetAddress.getLoopbackAddress(), 1, 1, 1, new ServerTraits(1));

    /**
     * Configuration with one backend, so that a change in how the template writes backends changes the digest of the
     * frame.
     */
    private static final DesiredConfig SAMPLE = new DesiredConfig(
            new GlobalConfig("", List.of(), false),
            List.of(new BackendSpec("sample", List.of(), List.of(SAMPLE_SERVER), List.of())),
            List.of());

    private final RenderSettings settings;

    public ConfigRenderer(RenderSettings settings) {
        this.settings = settings;
    }

    /**
     * Renders the configuration that a worker loads.
     *
     * @throws TemplateException if the template does not fit the model
     */
    public RenderedConfig render(DesiredConfig desired, ConfigTemplate template) throws TemplateException {
        List<SpareBackend> spares = spares(desired);
        String body = body(desired, spares, template);
        SortedMap<Path, String> maps = MapFileRenderer.of(desired, settings);
        String revision = digest(GlobalPrologue.of(settings, "", desired) + body, maps);
        return new RenderedConfig(
                revision, GlobalPrologue.of(settings, revision, desired) + body, maps, desired, spares);
    }

    /**
     * Determines to which part each line of the rendered configuration belongs.
     *
     * @throws TemplateException if the template does not fit the model
     */
    public LineOwners owners(DesiredConfig desired, ConfigTemplate template) throws TemplateException {
        LineTraceWriter trace = new LineTraceWriter(
                1 + (int) GlobalPrologue.of(settings, "", desired).lines().count());
        List<TemplateModel.BackendModel> backends = backends(desired, false, backend -> backend(backend, trace));
        List<TemplateModel.BackendModel> tcpBackends = backends(desired, true, backend -> backend(backend, trace));
        List<SpareBackend> spares = spares(desired);
        template.fill(
                model(
                        desired,
                        trace.watch(backends, backend -> new ConfigPart.WholeBackend(backend.name())),
                        trace.watch(tcpBackends, backend -> new ConfigPart.WholeBackend(backend.name())),
                        spares,
                        trace.watch(ruled(desired), rule -> new ConfigPart.WholeBackend(rule.backend()))),
                trace);
        trace.writeSections(GeneralSections.of(settings, desired), desired.backends());
        return trace.owners();
    }

    private List<SpareBackend> spares(DesiredConfig desired) {
        return SpareBackendPlanner.of(
                settings.spareBackends(),
                settings.version().has(HaproxyFeature.BACKENDS_AT_RUNTIME),
                SpareDeclarations.of(settings),
                desired.backends());
    }

    private static List<TemplateModel.BackendModel> spares(
            List<SpareBackend> spares, Predicate<SpareBackend> condition) {
        return spares.stream()
                .filter(condition)
                .map(TemplateModel.BackendModel::of)
                .toList();
    }

    private static TemplateModel.BackendModel backend(BackendSpec spec, LineTraceWriter trace) {
        TemplateModel.BackendModel backend = backend(spec);
        return new TemplateModel.BackendModel(
                backend.name(),
                trace.watch(backend.directives(), line -> ConfigPart.ofDirective(backend.name(), line)),
                trace.watch(backend.servers(), server -> new ConfigPart.Server(backend.name(), server.name())));
    }

    /**
     * Digest of everything in the configuration besides backends, except what all backends have in common and what is
     * looked up for them.
     */
    String frameDigest(ConfigTemplate template) throws TemplateException {
        return digest(
                GlobalPrologue.of(settings, "", SAMPLE) + body(SAMPLE, List.of(), template),
                Collections.emptySortedMap());
    }

    private String body(DesiredConfig desired, List<SpareBackend> spares, ConfigTemplate template)
            throws TemplateException {
        String filled = template.fill(model(
                desired,
                backends(desired, false, ConfigRenderer::backend),
                backends(desired, true, ConfigRenderer::backend),
                spares,
                ruled(desired)));
        return (filled.endsWith("\n") ? filled : filled + "\n")
                + Stream.concat(
                                GeneralSections.of(settings, desired).stream(),
                                desired.backends().stream().flatMap(backend -> backend.sections().stream()))
                        .distinct()
                        .map(section -> "\n" + section)
                        .collect(Collectors.joining());
    }

    private Optional<AccessLogDirectives> accessLog() {
        return settings.proxy()
                .listeners()
                .accessLog()
                .map(wanted -> new AccessLogDirectives(wanted, settings.writesInAdvance()));
    }

    private static List<TemplateModel.Rule> ruled(DesiredConfig desired) {
        return desired.hosts().stream()
                .flatMap(host -> host.rules().stream())
                .map(rule -> new TemplateModel.Rule(rule.line(), rule.backend()))
                .toList();
    }

    private TemplateModel model(
            DesiredConfig desired,
            List<TemplateModel.BackendModel> backends,
            List<TemplateModel.BackendModel> tcpBackends,
            List<SpareBackend> spares,
            List<TemplateModel.Rule> rules) {
        HaproxyPaths layout = settings.layout();
        ProxySettings proxy = settings.proxy();
        ListenerDirectives clients = new ListenerDirectives(proxy.listeners(), settings.writesInAdvance());
        RequestNormalization normalization = new RequestNormalization(settings);
        return new TemplateModel(
                settings.binds(),
                proxy.maxConnections(),
                proxy.maxConnections()
                        + HealthListener.CONNECTIONS
                        + (ForwardAuthDirectives.isUsedBy(desired.backends()) ? proxy.maxConnections() : 0),
                settings.threads(),
                proxy.connectTimeout().toMillis(),
                settings.connectTryTimeout().toMillis(),
                settings.retries(),
                proxy.serverTimeout().toMillis(),
                proxy.clientTimeout().toMillis(),
                proxy.syslogAddress().map(address -> new TemplateModel.Syslog(address, clients.logFormat())).stream()
                        .toList(),
                accessLog()
                        .map(log -> log.requests(proxy.syslogAddress().isPresent()))
                        .orElse(List.of()),
                settings.errorPages().directives(),
                settings.errorPages().answer(Optional.empty(), NO_ROUTE, NO_ROUTE_TEXT),
                TemplateModel.Refusal.all(settings.errorPages()),
                Stream.of(
                                ClientConnectionRules.ofRequests(settings),
                                clients.rules(proxy.syslogAddress().isPresent()),
                                accessLog().map(AccessLogDirectives::rules).orElse(List.of()),
                                normalization.headers())
                        .flatMap(List::stream)
                        .toList(),
                normalization.host(),
                normalization.path(),
                normalization.decision(),
                proxy
                        .statsCredentials()
                        .map(account -> new TemplateModel.Stats(
                                account.user(), account.password().reveal()))
                        .stream()
                        .toList(),
                layout.map(HaproxyMap.NAMES).toString(),
                layout.map(HaproxyMap.HOSTS).toString(),
                layout.map(HaproxyMap.WILDCARDS).toString(),
                desired.frame().wildcardDepths(),
                HostExpressionRules.of(desired.hosts()),
                rules,
                layout.map(HaproxyMap.PATHS).toString(),
                desired.frame().paths(),
                settings.tls().map(tls -> new TemplateModel.Tls(tls.binds(layout), tls.rules(layout))).stream()
                        .toList(),
                backends,
                spares(
                        spares,
                        spare -> !spare.defaults() && !spare.declaration().isTcp()),
                spares(spares, SpareBackend::defaults),
                !desired.frame().tcp().isEmpty(),
                accessLog()
                        .map(log -> log.connections(proxy.syslogAddress().isPresent()))
                        .orElse(List.of()),
                desired.frame().tcp().stream()
                        .map(port -> listener(port, clients))
                        .toList(),
                tcpBackends,
                spares(spares, spare -> spare.declaration().isTcp()));
    }

    private TemplateModel.TcpListenerModel listener(TcpListenerSpec port, ListenerDirectives clients) {
        List<String> rules = new ArrayList<>(ClientConnectionRules.ofConnections(settings));
        rules.addAll(clients.ofConnections());
        rules.addAll(
                TcpMapEntries.rules(port, settings.layout().map(HaproxyMap.TCP).toString()));
        return new TemplateModel.TcpListenerModel(port.port(), settings.binds(port.port()), rules);
    }

    private static List<TemplateModel.BackendModel> backends(
            DesiredConfig desired, boolean tcp, Function<BackendSpec, TemplateModel.BackendModel> model) {
        return desired.backends().stream()
                .filter(backend -> backend.isTcp() == tcp)
                .map(model)
                .toList();
    }

    private static TemplateModel.BackendModel backend(BackendSpec backend) {
        boolean sticky = backend.declaration().sticky();
        return new TemplateModel.BackendModel(
                backend.name(),
                backend.directives(),
                backend.servers().stream()
                        .map(server -> TemplateModel.ServerModel.of(server, sticky))
                        .toList());
    }

    private static String digest(String config, SortedMap<Path, String> maps) {
        Sha256 hash = new Sha256().add(config);
        maps.forEach((path, text) -> hash.add(path + "\0" + text + "\0"));
        return hash.hex(REVISION_DIGITS);
    }
}
