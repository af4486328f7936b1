package io.interlock.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.interlock.api.loadbalancer.ApplyResult;
import io.interlock.api.loadbalancer.ApplyResult.ApplyMethod;
import io.interlock.api.loadbalancer.Capability;
import io.interlock.api.loadbalancer.ConfigPreview;
import io.interlock.api.loadbalancer.LoadBalancer;
import io.interlock.api.stats.ProxyStats;
import io.interlock.api.topology.Backend;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.Server;
import io.interlock.api.topology.ServerState;
import io.interlock.api.topology.Topology;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.api.topology.VirtualHost;
import io.interlock.testsupport.network.HttpConnection;
import io.interlock.testsupport.network.OriginServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Small reverse proxy that fulfils the contract of load balancers, unless it is broken in the way of one sentence. A child
 * process stands for the proxy's own process.
 */
final class ProxyFixture implements LoadBalancer {

    private final TestLoadBalancerContext host;
    private final Predicate<String> is;
    private final AtomicInteger turn = new AtomicInteger();
    private volatile Topology served = Topology.EMPTY;
    private @Nullable Topology applied;
    private @Nullable HttpServer listener;
    private @Nullable ExecutorService executor;
    private @Nullable Process process;
    private volatile boolean closed;

    /** @param is whether it is broken in the way of a sentence */
    ProxyFixture(TestLoadBalancerContext host, Predicate<String> is) throws IOException {
        this.host = host;
        this.is = is;
        if (is.test("anotherOneServesAfterItWasClosed") && Files.exists(lock())) {
            throw new IOException("in use");
        }
    }

    /** The file whose existence makes applies fail. */
    static Path obstacle(TestLoadBalancerContext host) {
        return host.dataDirectory().resolve("obstacle");
    }

    private Path lock() {
        return host.dataDirectory().resolve("lock");
    }

    @Override
    public Set<Capability> capabilities() {
        return is.test("capabilitiesStayTheSame") && listener != null
                ? Set.of()
                : Set.of(Capability.PATH_ROUTES, Capability.WILDCARD_HOSTS);
    }

    @Override
    public ApplyResult apply(TopologySnapshot snapshot) throws InterruptedException {
        if (Thread.interrupted()) {
            if (is.test("anInterruptLeavesItServing")) {
                served = Topology.EMPTY;
            }
            throw new InterruptedException("interrupted");
        }
        Topology wanted = snapshot.topology();
        if (Files.exists(obstacle(host))) {
            if (is.test("whatFailsLeavesTheFormerServingAndIsMadeUpForLater")) {
                applied = wanted;
            }
            return new ApplyResult.Failed("an obstacle", new IOException("an obstacle"));
        }
        if (is.test("servingNothingIsNoMistake") && wanted.virtualHosts().isEmpty()) {
            return new ApplyResult.Rejected("nothing to serve");
        }
        try {
            boolean isRunning = listener != null && process != null && process.isAlive();
            if (isRunning && isApplied(wanted) && !is.test("tellsByTheResultWhetherAnythingChanged")) {
                return new ApplyResult.Unchanged(List.of());
            }
            start();
        } catch (IOException e) {
            return new ApplyResult.Failed("cannot start: " + e, e);
        }
        if (is.test("noRequestIsLostWhileServersComeAndGo")) {
            served = Topology.EMPTY;
            LockSupport.parkNanos(20_000_000);
        }
        if (!is.test("whatIsAppliedIsServedAndNothingElse") || applied == null) {
            served = wanted;
        }
        applied = wanted;
        return new ApplyResult.Applied(ApplyMethod.RUNTIME, Duration.ZERO, List.of());
    }

    private void start() throws IOException {
        Files.writeString(lock(), "");
        if (process == null || !process.isAlive()) {
            process = new ProcessBuilder("sleep", "600").start();
            var unused = process.onExit().thenRun(() -> {
                if (!closed && !is.test("whenItsProxyDiesItAsksForAnApplyWhichMendsIt")) {
                    host.requestApply();
                }
            });
            if (is.test("nothingOfItIsLeftWhenItWasClosed")) {
                Thread.ofPlatform().daemon().start(() -> LockSupport.parkNanos(5_000_000_000L));
            }
        }
        if (listener == null) {
            HttpServer server = HttpServer.create(
                    new InetSocketAddress(
                            InetAddress.getLoopbackAddress(), host.settings().port()),
                    0);
            executor = Executors.newVirtualThreadPerTaskExecutor();
            server.setExecutor(executor);
            server.createContext("/", this::answer);
            server.start();
            listener = server;
        }
    }

    @SuppressWarnings("ReferenceEquality") // broken on purpose
    private boolean isApplied(Topology wanted) {
        return is.test("theOrderInWhichServersAreNamedMeansNothing") ? wanted == applied : wanted.equals(applied);
    }

    private void answer(HttpExchange exchange) throws IOException {
        Topology topology = served;
        String name = exchange.getRequestHeaders()
                .getFirst("Host")
                .replaceFirst(":\\d+$", "")
                .toLowerCase(Locale.ROOT);
        Optional<VirtualHost> virtualHost = virtualHost(topology, name);
        if (virtualHost.isEmpty()) {
            OriginServer.respond(exchange, 404, "no such host");
            return;
        }
        String path = exchange.getRequestURI().getPath();
        Backend backend = backend(topology, virtualHost.get(), path);
        List<Server> servers = backend.servers().stream()
                .filter(server -> server.state() == ServerState.READY || is.test("aDrainingServerGetsNothingNew"))
                .toList();
        int first = is.test("everyServerGetsItsShare") ? 0 : turn.getAndIncrement();
        for (int i = 0; i < servers.size(); i++) {
            Server server = servers.get(Math.floorMod(first + i, servers.size()));
            try {
                HttpConnection.Response response = HttpConnection.get(server.port(), name, path, "Connection: close");
                OriginServer.respond(exchange, response.status(), response.body());
                return;
            } catch (IOException e) {
                if (is.test("aServerThatDoesNotListenIsNoticedByNoClient")) {
                    OriginServer.respond(exchange, 502, "server down");
                    return;
                }
            }
        }
        OriginServer.respond(exchange, is.test("aNameWithoutServersIsAnsweredWith503") ? 404 : 503, "no server");
    }

    private Optional<VirtualHost> virtualHost(Topology topology, String name) {
        boolean isWildcardFirst = is.test("anExactNameIsStrongerThanAWildcard");
        return topology.virtualHosts().stream()
                .filter(host -> host.hostNames().stream().anyMatch(pattern -> matches(pattern, name)))
                .min(Comparator.comparing(
                        host -> host.hostNames().stream().anyMatch(HostName::isWildcard) != isWildcardFirst));
    }

    private boolean matches(HostName pattern, String name) {
        String text = pattern.toString();
        return pattern.isWildcard()
                ? name.endsWith(text.substring(1))
                : is.test("servesEachNameAndNoOther") ? name.startsWith(text) : name.equals(text);
    }

    private Backend backend(Topology topology, VirtualHost host, String path) {
        String name = host.routes().stream()
                .filter(route -> isBelow(path, route.pathPrefix()))
                .max(Comparator.comparingInt((Route route) -> route.pathPrefix().length()))
                .orElseThrow()
                .backendName();
        return topology.backends().stream()
                .filter(backend -> backend.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private boolean isBelow(String path, String prefix) {
        return prefix.equals("/")
                || path.equals(prefix)
                || path.startsWith(is.test("theLongestPathWins") ? prefix : prefix + "/");
    }

    @Override
    public Optional<ProxyStats> stats() throws IOException {
        if (is.test("statisticsMayBeAskedForAtAnyTime") && listener == null) {
            throw new IllegalStateException("does not run");
        }
        if (closed) {
            throw new IOException("the proxy does not run");
        }
        return Optional.empty();
    }

    @Override
    public Optional<ConfigPreview> preview(TopologySnapshot snapshot) throws InterruptedException {
        if (is.test("aPreviewChangesNothing")) {
            apply(snapshot);
        }
        return Optional.of(new ConfigPreview(List.of()));
    }

    @Override
    public void handOver() {
        if (!is.test("aSuccessorServesAfterAHandOver")) {
            close();
        }
    }

    @Override
    public void close() {
        if (is.test("closingOneThatNeverAppliedIsFine") && listener == null) {
            throw new IllegalStateException("does not run");
        }
        closed = true;
        if (listener != null) {
            listener.stop(0);
        }
        if (executor != null) {
            executor.close();
        }
        if (process != null) {
            process.destroyForcibly();
        }
        try {
            if (!is.test("anotherOneServesAfterItWasClosed")) {
                Files.deleteIfExists(lock());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
