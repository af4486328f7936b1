package com.example.interlock.nginx;

import com.example.interlock.nginx.NginxProcess.Refusal;
import io.interlock.api.loadbalancer.ApplyResult;
import io.interlock.api.loadbalancer.ApplyResult.Applied;
import io.interlock.api.loadbalancer.ApplyResult.Failed;
import io.interlock.api.loadbalancer.ApplyResult.ApplyMethod;
import io.interlock.api.loadbalancer.ApplyResult.Rejected;
import io.interlock.api.loadbalancer.ApplyResult.Unchanged;
import io.interlock.api.loadbalancer.Capability;
import io.interlock.api.loadbalancer.LoadBalancer;
import io.interlock.api.loadbalancer.LoadBalancerContext;
import io.interlock.api.stats.ProxyStats;
import io.interlock.api.topology.Topology;
import io.interlock.api.topology.TopologySnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Load balancer that makes one nginx serve each topology: renders the configuration, checks it, replaces the file,
 * reloads nginx, and waits for the proof.
 */
final class NginxLoadBalancer implements LoadBalancer {

    /** An nginx that ends sooner after its start is not restarted immediately. */
    private static final Duration SOON = Duration.ofSeconds(1);

    /** Maximum number of refused backends that one apply looks for. */
    private static final int MOST_REFUSED = 20;

    private final NginxConfig config;
    private final LoadBalancerContext context;
    private final NginxFiles folder;
    private final NginxTemplate template;
    private final NginxProcess nginx;
    private final StatusSocketClient endpoint;
    private Instant lastStart = Instant.MIN;

    NginxLoadBalancer(
            NginxConfig config, LoadBalancerContext context, NginxFiles folder, NginxTemplate template, NginxProcess nginx) {
        this.config = config;
        this.context = context;
        this.folder = folder;
        this.template = template;
        this.nginx = nginx;
        this.endpoint = new StatusSocketClient(folder.statusSocket());
    }

    /**
     * The supported capabilities. nginx' open source edition has no active health checks, and HAProxy's options have no
     * meaning for it.
     */
    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.WILDCARD_HOSTS, Capability.PATH_ROUTES, Capability.BACKUP_SERVERS, Capability.WEIGHTS);
    }

    @Override
    public boolean proxyRuns() {
        return nginx.isLeftRunning();
    }

    @Override
    public ApplyResult apply(TopologySnapshot snapshot) throws InterruptedException {
        long began = System.nanoTime();
        try {
            RenderedNginxConf wanted = valid(snapshot.topology());
            if (nginx.isAlive() && isServed(wanted)) {
                return new Unchanged(wanted.omissions());
            }
            ApplyMethod how = nginx.isAlive() ? reload(wanted) : start(wanted);
            return new Applied(how, Duration.ofNanos(System.nanoTime() - began), wanted.omissions());
        } catch (RefusedConfigException | IllegalArgumentException e) {
            return new Rejected(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return new Failed(String.valueOf(e.getMessage()), e);
        } finally {
            deleteCandidate();
        }
    }

    /** Called on another thread than the other methods. Asks nginx and the kernel, and changes nothing. */
    @Override
    public Optional<ProxyStats> stats() throws IOException {
        return nginx.isAlive()
                ? Optional.of(StubStatusParser.parse(endpoint.get("/status"), nginx.countWorkers(), context.clock()))
                : Optional.empty();
    }

    @Override
    public void close() {
        try {
            nginx.stop(config.stopTime());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Leaves nginx running. The successor finds it by its pid file. */
    @Override
    public void handOver() {
        nginx.letGo();
    }

    /** Signals a configuration that nginx refuses and that cannot be reduced to an acceptable one. */
    private static final class RefusedConfigException extends Exception {

        private static final long serialVersionUID = 1L;

        RefusedConfigException(String message) {
            super(message);
        }
    }

    /**
     * The configuration for the topology that nginx accepts, which is in the candidate's file. Backends that nginx
     * refuses are left out.
     */
    private RenderedNginxConf valid(Topology topology) throws IOException, RefusedConfigException, InterruptedException {
        Map<String, String> without = new HashMap<>();
        while (true) {
            RenderedNginxConf wanted = RenderedNginxConf.of(
                    topology, without, template.text(), config, context.settings(), folder);
            if (without.isEmpty() && isWritten(wanted)) {
                return wanted;
            }
            NginxFiles.write(folder.candidate(), wanted.text());
            Optional<Refusal> refusal = nginx.check(folder.candidate());
            if (refusal.isEmpty()) {
                return wanted;
            }
            String culprit = refusal.get()
                    .line()
                    .flatMap(wanted::backendAt)
                    .filter(name -> !without.containsKey(name) && without.size() < MOST_REFUSED)
                    .orElseThrow(() -> new RefusedConfigException("nginx refuses its configuration: "
                            + refusal.get().message()
                            + refusal.get().line().map(line -> ", line " + line).orElse("")));
            without.put(culprit, "nginx refuses it, so requests for it get 503: " + refusal.get().message());
        }
    }

    /** Whether the live file has this content; it was valid when it was written. */
    private boolean isWritten(RenderedNginxConf wanted) throws IOException {
        return Files.exists(folder.config()) && Files.readString(folder.config()).equals(wanted.text());
    }

    private boolean isServed(RenderedNginxConf wanted) throws IOException {
        return isWritten(wanted) && serves(wanted.revision());
    }

    private boolean serves(String revision) {
        try {
            return endpoint.get("/revision").equals(revision);
        } catch (IOException e) {
            return false;
        }
    }

    private ApplyMethod start(RenderedNginxConf wanted) throws IOException, InterruptedException {
        Instant now = Instant.now(context.clock());
        if (now.isBefore(lastStart.equals(Instant.MIN) ? Instant.MIN : lastStart.plus(SOON))) {
            throw new IOException("nginx ended soon after its start: " + nginx.lastWords());
        }
        lastStart = now;
        NginxFiles.write(folder.candidate(), wanted.text());
        folder.commit();
        nginx.start();
        prove(wanted.revision(), Set.of());
        return ApplyMethod.START;
    }

    private ApplyMethod reload(RenderedNginxConf wanted) throws IOException, InterruptedException {
        String before = Files.readString(folder.config());
        NginxFiles.write(folder.candidate(), wanted.text());
        folder.commit();
        boolean done = false;
        try {
            Set<Long> workers = nginx.workerIds();
            nginx.reload();
            prove(wanted.revision(), workers);
            done = true;
        } finally {
            if (!done) {
                NginxFiles.write(folder.candidate(), before);
                folder.commit();
            }
        }
        return ApplyMethod.RELOAD;
    }

    /** Waits until the workers that answer serve the revision, and no replaced worker accepts new requests. */
    private void prove(String revision, Set<Long> replaced) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + config.reloadTime().toNanos();
        while (!serves(revision) || !nginx.haveLeft(replaced)) {
            if (!nginx.isAlive() || System.nanoTime() - deadline > 0) {
                throw new IOException("nginx does not serve the change: " + nginx.lastWords());
            }
            NginxProcess.pause();
        }
    }

    private void deleteCandidate() {
        try {
            Files.deleteIfExists(folder.candidate());
        } catch (IOException e) {
            // The next apply overwrites the file.
        }
    }
}
