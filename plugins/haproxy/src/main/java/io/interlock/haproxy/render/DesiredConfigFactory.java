package io.interlock.haproxy.render;

import io.interlock.api.loadbalancer.Omission;
import io.interlock.api.topology.Backend;
import io.interlock.api.topology.Certificate;
import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.Server;
import io.interlock.api.topology.ServerState;
import io.interlock.api.topology.TcpListener;
import io.interlock.api.topology.TlsMaterial;
import io.interlock.api.topology.Topology;
import io.interlock.api.topology.VirtualHost;
import io.interlock.haproxy.model.BackendDeclaration;
import io.interlock.haproxy.model.BackendSpec;
import io.interlock.haproxy.model.CertificateSpec;
import io.interlock.haproxy.model.DesiredConfig;
import io.interlock.haproxy.model.GlobalConfig;
import io.interlock.haproxy.model.HaproxyMap;
import io.interlock.haproxy.model.HostSpec;
import io.interlock.haproxy.model.ServerSpec;
import io.interlock.haproxy.model.ServerTraits;
import io.interlock.haproxy.render.directive.BackendOptions;
import io.interlock.haproxy.render.directive.HealthCheckDirectives;
import io.interlock.haproxy.render.directive.PolicyDirectives;
import io.interlock.haproxy.render.directive.RenderSettings;
import io.interlock.haproxy.render.directive.ServerParameters;
import io.interlock.haproxy.render.map.CertificateSpecFactory;
import io.interlock.haproxy.render.map.HostMapEntries;
import io.interlock.haproxy.render.map.TcpMapEntries;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Factory of desired configurations from topologies. It reuses the unchanged parts of the previous topology, so the
 * cost follows the change. Confined to one thread.
 */
public final class DesiredConfigFactory {

    /** HAProxy counts milliseconds in 31 bits. */
    private static final long LONGEST_TIME = Integer.MAX_VALUE;

    private final RenderSettings settings;
    private final LongSupplier clock;
    private final RemovedHostTracker lingering;
    private final ConfigRenderer renderer;
    private final IncrementalMap<VirtualHost, HostSpec> hosts = new IncrementalMap<>(HostMapEntries::of);
    private final IncrementalFilter<HostSpec> special = new IncrementalFilter<>(HostMapEntries::isSpecial);
    private final IncrementalMap<Certificate, CertificateSpec> certificates;
    private final IncrementalMap<Backend, BackendSpec> backends = new IncrementalMap<>(this::backend);
    private @Nullable ConfigTemplate template;
    private String frameDigest = "";

    /** Creates a factory whose clock stands still. */
    public DesiredConfigFactory(RenderSettings settings) {
        this(settings, () -> 0);
    }

    /**
     * @param clock nanoseconds since an arbitrary time
     */
    public DesiredConfigFactory(RenderSettings settings, LongSupplier clock) {
        this.settings = settings;
        this.clock = clock;
        this.certificates = new IncrementalMap<>(new CertificateSpecFactory(settings.layout())::of);
        this.lingering = new RemovedHostTracker(settings.waitForServer());
        this.renderer = new ConfigRenderer(settings);
    }

    /**
     * The desired configuration for a topology.
     *
     * @throws TemplateException if the template does not fit the model
     */
    public DesiredConfig of(Topology topology, ConfigTemplate template) throws TemplateException {
        List<BackendSpec> backendSpecs = backends(topology);
        List<HostSpec> hostSpecs = with(topology.tcpListeners(), hosts.of(topology.virtualHosts()));
        String digest = frameDigest(template);
        List<CertificateSpec> certificateSpecs = certificates(topology.tls());
        DesiredConfig desired = lingering.with(
                new DesiredConfig(GlobalConfig.NONE, backendSpecs, with(topology.tls(), hostSpecs), certificateSpecs),
                clock.getAsLong());
        return new DesiredConfig(frame(digest, desired.hosts()), desired.backends(), desired.hosts(), certificateSpecs);
    }

    /** Time after which {@link #of} has another result for the same topology; empty: never. */
    public Optional<Duration> next() {
        return lingering.next(clock.getAsLong());
    }

    private List<BackendSpec> backends(Topology topology) {
        if (topology.tcpListeners().isEmpty()) {
            return backends.of(topology.backends());
        }
        Set<String> tcp = topology.tcpListeners().stream()
                .flatMap(listener -> listener.routes().stream())
                .map(TcpListener.TcpRoute::backendName)
                .collect(Collectors.toSet());
        List<Backend> ofHttp = topology.backends().stream()
                .filter(backend -> !tcp.contains(backend.name()))
                .toList();
        List<BackendSpec> all = new ArrayList<>(backends.of(ofHttp));
        topology.backends().stream()
                .filter(backend -> tcp.contains(backend.name()))
                .map(this::tcpBackend)
                .forEach(all::add);
        all.sort(null);
        return all;
    }

    private static List<HostSpec> with(List<TcpListener> listeners, List<HostSpec> hosts) {
        if (listeners.isEmpty()) {
            return hosts;
        }
        // The names of listeners sort before all names of hosts.
        return Stream.concat(listeners.stream().map(TcpMapEntries::of).sorted(), hosts.stream())
                .toList();
    }

    private GlobalConfig frame(String digest, List<HostSpec> hosts) {
        List<HostSpec> special = List.copyOf(this.special.of(hosts));
        GlobalConfig routing = HostMapEntries.frame(digest, special, settings.writesInAdvance());
        return new GlobalConfig(
                digest,
                routing.wildcardDepths(),
                routing.paths(),
                settings.tls().isPresent(),
                hasChallenges(),
                GlobalConfig.ports(special),
                GlobalConfig.rules(special),
                Optional.empty());
    }

    private List<CertificateSpec> certificates(TlsMaterial tls) {
        return settings.tls().isEmpty()
                ? List.of()
                : certificates.of(tls.certificates()).stream().sorted().toList();
    }

    private List<HostSpec> with(TlsMaterial tls, List<HostSpec> hosts) {
        Optional<HostSpec> challenges = hasChallenges() ? CertificateSpecFactory.challenges(tls) : Optional.empty();
        return challenges
                .map(answers ->
                        Stream.concat(Stream.of(answers), hosts.stream()).toList())
                .orElse(hosts);
    }

    private boolean hasChallenges() {
        return settings.tls().filter(tls -> tls.settings().challenges()).isPresent();
    }

    private String frameDigest(ConfigTemplate template) throws TemplateException {
        if (!template.equals(this.template)) {
            frameDigest = renderer.frameDigest(template);
            this.template = template;
        }
        return frameDigest;
    }

    private BackendSpec backend(Backend backend) {
        BackendOptions options = BackendOptions.of(backend, settings);
        List<Omission> omissions = new ArrayList<>(options.omissions());
        List<String> directives = new ArrayList<>(options.directives());
        HealthCheckDirectives check = check(backend.healthCheck());
        directives.addAll(check.directives());
        PolicyDirectives policies = PolicyDirectives.of(backend, settings);
        directives.addAll(policies.directives());
        omissions.addAll(policies.omissions());
        return new BackendSpec(
                backend.name(),
                directives,
                check.lookedUp(),
                servers(backend, hashes(directives), omissions),
                omissions,
                policies.sections());
    }

    private BackendSpec tcpBackend(Backend backend) {
        List<Omission> omissions = new ArrayList<>();
        List<String> directives = new ArrayList<>(List.of(BackendSpec.MODE_TCP));
        directives.addAll(HealthCheckDirectives.literal(backend.healthCheck()).directives());
        PolicyDirectives policies = PolicyDirectives.ofTcp(backend, settings);
        directives.addAll(policies.directives());
        omissions.addAll(policies.omissions());
        backend.options()
                .forEach(option -> omissions.add(new Omission(
                        backend.name(),
                        Optional.empty(),
                        "backend_options",
                        option,
                        "left out: options are for HTTP, and this is TCP")));
        return new BackendSpec(
                backend.name(),
                directives,
                Optional.empty(),
                servers(backend, hashes(directives), omissions),
                omissions,
                List.of());
    }

    private static boolean hashes(List<String> directives) {
        return new BackendDeclaration(directives, false).hashes();
    }

    private HealthCheckDirectives check(HealthCheck check) {
        return settings.writesInAdvance()
                ? HealthCheckDirectives.lookedUp(
                        check, settings.layout().map(HaproxyMap.CHECKS).toString())
                : HealthCheckDirectives.literal(check);
    }

    /**
     * @param hashed whether servers are chosen by a consistent hash
     */
    private List<ServerSpec> servers(Backend backend, boolean hashed, List<Omission> omissions) {
        Map<Server, Integer> ids = ServerIdAllocator.of(backend.servers());
        int factor = hashed ? weightFactor(backend) : 1;
        long ready = backend.servers().stream()
                .filter(server -> server.state() == ServerState.READY)
                .count();
        List<ServerSpec> servers = new ArrayList<>();
        for (Server server : backend.servers()) {
            // A draining server is better than none: while it accepts requests, no request waits.
            boolean drains = server.state() == ServerState.DRAINING && ready > 0;
            servers.add(server(backend, server, omissions)
                    .numbered(Objects.requireNonNull(ids.get(server)))
                    .weighing(drains ? 0 : server.weight() * factor));
        }
        boolean backedUp =
                backend.servers().stream().anyMatch(server -> server.backup() && server.state() == ServerState.READY);
        if (ready <= 1 && !backedUp && settings.waitForServer().isPositive()) {
            servers.add(ServerSpec.WAITING);
            servers.sort(Comparator.comparing(ServerSpec::name));
        }
        return servers;
    }

    /**
     * Factor of the weights of a backend whose servers a consistent hash chooses. HAProxy gives a server 16 points on the
     * ring for each unit of weight, and only with thousands of points the shares are even.
     */
    private static int weightFactor(Backend backend) {
        return backend.servers().stream()
                .mapToInt(server -> ServerSpec.MAX_WEIGHT / server.weight())
                .min()
                .orElse(1);
    }

    private static ServerSpec server(Backend backend, Server server, List<Omission> omissions) {
        long asked = server.checkInterval().toMillis();
        if (asked > LONGEST_TIME) {
            omissions.add(new Omission(
                    backend.name(),
                    Optional.of(server.id()),
                    "check_interval",
                    Long.toString(asked),
                    "more than HAProxy can count; " + LONGEST_TIME + " ms is used"));
        }
        ServerSpec spec = new ServerSpec(
                server.name(),
                server.address(),
                server.port(),
                0,
                server.weight(),
                new ServerTraits(Math.min(asked, LONGEST_TIME), ServerParameters.asked(server.policies())));
        return server.backup() ? spec.asBackup() : spec;
    }
}
