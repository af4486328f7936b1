package io.interlock.haproxy;

import io.interlock.api.loadbalancer.ApplyResult;
import io.interlock.api.loadbalancer.Credentials;
import io.interlock.api.loadbalancer.LoadBalancer;
import io.interlock.api.loadbalancer.LoadBalancerContext;
import io.interlock.api.loadbalancer.LoadBalancerUnavailableException;
import io.interlock.api.loadbalancer.Preview;
import io.interlock.api.loadbalancer.ProxySettings;
import io.interlock.api.loadbalancer.TlsSettings;
import io.interlock.api.stats.ProxyStats;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.testsupport.network.FreePorts;
import io.interlock.testsupport.network.HttpConnection;
import io.interlock.testsupport.network.RuntimeApiClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** A load balancer on a real HAProxy in a folder of its own, made as the host would make it. */
final class Rig implements AutoCloseable {

    static final Credentials STATS = new Credentials("stats", "it's \"a\" $ecret #1 100%\\");

    /** Of the next controller, like the file's name. */
    int port;

    String configName = "proxy.conf";
    final Path folder;
    final AtomicInteger applyRequests = new AtomicInteger();
    private final HaproxyConfig config;
    private final Optional<Credentials> credentials;
    private final Optional<TlsSettings> tls;
    private final UnaryOperator<ProxySettings> settings;
    private LoadBalancer loadBalancer;

    Rig(Path folder) throws Exception {
        this(folder, FreePorts.next(), HaproxyConfig.DEFAULTS, Optional.of(STATS));
    }

    Rig(Path folder, int port, HaproxyConfig config, Optional<Credentials> credentials) throws Exception {
        this(folder, port, config, credentials, Optional.empty());
    }

    /** One with an HTTPS listener too. */
    Rig(Path folder, int port, HaproxyConfig config, TlsSettings tls) throws Exception {
        this(folder, port, config, Optional.empty(), Optional.of(tls));
    }

    /** One with other settings than usual. */
    Rig(Path folder, HaproxyConfig config, UnaryOperator<ProxySettings> settings) throws Exception {
        this(folder, FreePorts.next(), config, Optional.empty(), Optional.empty(), settings);
    }

    private Rig(
            Path folder, int port, HaproxyConfig config, Optional<Credentials> credentials, Optional<TlsSettings> tls)
            throws Exception {
        this(folder, port, config, credentials, tls, UnaryOperator.identity());
    }

    private Rig(
            Path folder,
            int port,
            HaproxyConfig config,
            Optional<Credentials> credentials,
            Optional<TlsSettings> tls,
            UnaryOperator<ProxySettings> settings)
            throws Exception {
        this.settings = settings;
        this.tls = tls;
        this.folder = folder;
        this.port = port;
        this.config = config;
        this.credentials = credentials;
        this.loadBalancer = create();
    }

    static HaproxyConfig withTemplate(Path template) {
        return new HaproxyConfig(
                Optional.empty(),
                Optional.of(template),
                Optional.empty(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static HaproxyConfig withoutSpares() {
        return new HaproxyConfig(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                null,
                null,
                0,
                null,
                null,
                null,
                null,
                null,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static HaproxyConfig withBinary(Path binary) {
        return new HaproxyConfig(
                Optional.of(binary),
                Optional.empty(),
                Optional.empty(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Everything of a process happens on its only thread. */
    static HaproxyConfig ofOneThread(Path binary) {
        return new HaproxyConfig(
                Optional.of(binary),
                Optional.empty(),
                Optional.empty(),
                1,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * Another load balancer over the same folder, as if the first one's host had been killed: what it still meant to write
     * is never written.
     */
    void loseController() throws Exception {
        loadBalancer.handOver();
        loadBalancer = create();
    }

    /** Another load balancer takes over, as when the plugin's jar is replaced. */
    void replacePlugin() throws Exception {
        LoadBalancer successor = create();
        loadBalancer.handOver();
        loadBalancer = successor;
    }

    ApplyResult apply(TopologySnapshot snapshot) throws InterruptedException {
        return loadBalancer.apply(snapshot);
    }

    Optional<ProxyStats> stats() throws Exception {
        return loadBalancer.stats();
    }

    Preview preview(TopologySnapshot snapshot) throws Exception {
        return loadBalancer.preview(snapshot).orElseThrow();
    }

    Path configFile() {
        return folder.resolve(configName);
    }

    Path pidFile() {
        return folder.resolve("proxy.pid");
    }

    Path data() {
        return folder.resolve("data");
    }

    HttpConnection.Response get(String host, String path, String... headers) throws IOException {
        return HttpConnection.get(port, host, path, headers);
    }

    /** The master, as the pid file has it. */
    ProcessHandle master() throws IOException {
        return ProcessHandle.of(Long.parseLong(Files.readString(pidFile()).strip()))
                .orElseThrow();
    }

    /** How often the master was told to reload, as it counts. */
    int reloads() throws IOException {
        return RuntimeApiClient.reloads(data().resolve("master.sock"));
    }

    /** Every process that has something in this folder among its arguments. */
    List<ProcessHandle> processes() {
        try (var all = ProcessHandle.allProcesses()) {
            return all.filter(process -> process.info()
                            .commandLine()
                            .filter(line -> line.contains(folder.toString()))
                            .isPresent())
                    .toList();
        }
    }

    @Override
    public void close() {
        loadBalancer.close();
    }

    private LoadBalancer create() throws InterruptedException, LoadBalancerUnavailableException {
        return new HaproxyFactory().create(config, new Context());
    }

    private final class Context implements LoadBalancerContext {

        @Override
        public String pluginId() {
            return "haproxy";
        }

        @Override
        public Path dataDirectory() {
            try {
                return Files.createDirectories(data());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Stands still: whatever ends, ended soon after its start. */
        @Override
        public Clock clock() {
            return Clock.fixed(Instant.EPOCH.plus(Duration.ofDays(1)), ZoneOffset.UTC);
        }

        @Override
        public ProxySettings settings() {
            return settings.apply(new ProxySettings(
                    port,
                    Duration.ofSeconds(5),
                    Duration.ofHours(1),
                    Duration.ofHours(1),
                    1000,
                    Optional.empty(),
                    configFile(),
                    pidFile(),
                    credentials,
                    tls));
        }

        @Override
        public void requestApply() {
            applyRequests.incrementAndGet();
        }
    }
}
