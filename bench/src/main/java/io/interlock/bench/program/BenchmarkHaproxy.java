package io.interlock.bench.program;

import io.interlock.api.loadbalancer.ApplyResult;
import io.interlock.api.loadbalancer.LoadBalancer;
import io.interlock.api.loadbalancer.LoadBalancerContext;
import io.interlock.api.loadbalancer.ProxySettings;
import io.interlock.api.loadbalancer.TlsSettings;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.haproxy.HaproxyConfig;
import io.interlock.haproxy.HaproxyFactory;
import io.interlock.testsupport.network.HttpConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Load balancer of the HAProxy plugin on a real HAProxy in its own folder, created as the application creates it. */
final class BenchmarkHaproxy implements AutoCloseable {

    private final Path folder;
    private final int port;
    private final AtomicInteger applyRequests = new AtomicInteger();
    private final LoadBalancer loadBalancer;

    BenchmarkHaproxy(Path folder, int port, HaproxyConfig config, Optional<TlsSettings> tls) throws Exception {
        this.folder = folder;
        this.port = port;
        Path data = Files.createDirectories(folder.resolve("data"));
        ProxySettings settings = new ProxySettings(
                port,
                Duration.ofSeconds(5),
                Duration.ofHours(1),
                Duration.ofHours(1),
                1000,
                Optional.empty(),
                folder.resolve("proxy.conf"),
                folder.resolve("proxy.pid"),
                Optional.empty(),
                tls);
        this.loadBalancer = new HaproxyFactory().create(config, new Context(data, settings));
    }

    static HaproxyConfig withBinary(Path binary) {
        return config(Optional.of(binary), HaproxyConfig.DEFAULTS.spareBackends());
    }

    static HaproxyConfig withoutSpares() {
        return config(Optional.empty(), 0);
    }

    private static HaproxyConfig config(Optional<Path> binary, int spareBackends) {
        HaproxyConfig usual = HaproxyConfig.DEFAULTS;
        return new HaproxyConfig(
                binary,
                usual.templatePath(),
                usual.bind(),
                usual.threads(),
                usual.connectTryTimeout(),
                spareBackends,
                usual.waitForServer(),
                usual.reloadTimeout(),
                usual.hardStopAfter(),
                usual.stopTimeout(),
                usual.reloadInterval(),
                usual.mode(),
                usual.sharedDir(),
                usual.sharedGroup(),
                usual.connectionsPerClient(),
                usual.maxHeaderSize(),
                usual.ipv6ClientPrefix(),
                List.of(),
                Optional.empty(),
                usual.instancesPort(),
                Map.of(),
                usual.authTimeout());
    }

    ApplyResult apply(TopologySnapshot snapshot) throws InterruptedException {
        return loadBalancer.apply(snapshot);
    }

    HttpConnection.Response get(String host, String path) throws IOException {
        return HttpConnection.get(port, host, path);
    }

    int port() {
        return port;
    }

    /** The number of times that the load balancer has asked to get the topology again. */
    int applyRequests() {
        return applyRequests.get();
    }

    /** The master, according to the pid file. */
    ProcessHandle master() throws IOException {
        String pid = Files.readString(folder.resolve("proxy.pid")).strip();
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    /** The newest worker. */
    ProcessHandle worker() throws IOException {
        return master().children()
                .max(Comparator.comparingLong(ProcessHandle::pid))
                .orElseThrow();
    }

    @Override
    public void close() {
        loadBalancer.close();
    }

    private final class Context implements LoadBalancerContext {

        private final Path dataDirectory;
        private final ProxySettings settings;

        Context(Path dataDirectory, ProxySettings settings) {
            this.dataDirectory = dataDirectory;
            this.settings = settings;
        }

        @Override
        public String pluginId() {
            return "haproxy";
        }

        @Override
        public Path dataDirectory() {
            return dataDirectory;
        }

        /** Stands still, so that every end counts as soon after the start. */
        @Override
        public Clock clock() {
            return Clock.fixed(Instant.EPOCH.plus(Duration.ofDays(1)), ZoneOffset.UTC);
        }

        @Override
        public ProxySettings settings() {
            return settings;
        }

        @Override
        public void requestApply() {
            applyRequests.incrementAndGet();
        }
    }
}
