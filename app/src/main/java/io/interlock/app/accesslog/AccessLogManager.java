package io.interlock.app.accesslog;

import io.interlock.api.loadbalancer.AccessLogEntry;
import io.interlock.api.loadbalancer.AccessLogReceiver;
import io.interlock.api.status.AccessLogStatus;
import io.interlock.api.topology.Topology;
import io.interlock.app.config.accesslog.AccessLogConfig;
import io.interlock.app.config.accesslog.AccessLogTarget;
import io.interlock.app.config.accesslog.AccessLogTarget.Transport;
import io.interlock.app.runtime.SignalHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Hands each request to all destinations and to those who follow live. Destinations are opened and closed as the
 * configuration changes; those that stay go on undisturbed. Safe for all threads.
 */
public final class AccessLogManager implements AccessLogReceiver, AutoCloseable {

    private final Supplier<Topology> topology;
    private final LiveRequestLog live = new LiveRequestLog();
    private final DropCounter lost = new DropCounter();
    private final AtomicInteger opened = new AtomicInteger();
    private volatile List<RequestDestination> destinations = List.of();
    private volatile boolean isOn;

    /**
     * @param topology what is served
     */
    public AccessLogManager(List<AccessLogConfig> wanted, Supplier<Topology> topology) {
        this.topology = topology;
        reconfigure(wanted);
    }

    /** Creates a manager that opens files again at SIGUSR1. */
    public static AccessLogManager open(List<AccessLogConfig> wanted, Supplier<Topology> topology) {
        AccessLogManager manager = new AccessLogManager(wanted, topology);
        SignalHandler.handle("USR1", manager::reopen);
        return manager;
    }

    /** Opens and closes destinations; returns when the last lines of the closed ones are written. */
    public synchronized void reconfigure(List<AccessLogConfig> wanted) {
        List<RequestDestination> kept = new ArrayList<>();
        List<RequestDestination> surplus = new ArrayList<>(destinations);
        List<AccessLogConfig> missing = new ArrayList<>();
        for (AccessLogConfig one : wanted) {
            surplus.stream()
                    .filter(destination -> destination.isOf(one))
                    .findFirst()
                    .ifPresentOrElse(
                            destination -> {
                                surplus.remove(destination);
                                kept.add(destination);
                            },
                            () -> missing.add(one));
        }
        destinations = List.copyOf(kept);
        isOn = !wanted.isEmpty();
        // Two writers of one file would disturb each other.
        surplus.forEach(RequestDestination::close);
        missing.forEach(one -> open(one, kept));
        destinations = List.copyOf(kept);
    }

    private void open(AccessLogConfig wanted, List<RequestDestination> destinations) {
        String name = "access-log-" + opened.incrementAndGet();
        RequestDestination destination = switch (wanted.target()) {
            case AccessLogTarget.LiveOnly unused -> null;
            case AccessLogTarget.Metrics unused -> new LatencyRecorder(wanted, topology);
            case AccessLogTarget.StandardOutput unused ->
                new LogDestination(name, wanted, new StandardOutputWriter(System.out), false);
            case AccessLogTarget.LogFile file -> new LogDestination(name, wanted, new RotatingFileWriter(file), false);
            case AccessLogTarget.SyslogServer server ->
                new LogDestination(
                        name,
                        wanted,
                        server.transport() == Transport.UDP
                                ? new SyslogDatagramWriter(server)
                                : new SyslogStreamWriter(server),
                        true);
        };
        if (destination != null) {
            destination.start();
            destinations.add(destination);
        }
    }

    @Override
    public void accept(AccessLogEntry entry) {
        live.add(entry);
        for (RequestDestination destination : destinations) {
            destination.offer(entry);
        }
    }

    @Override
    public void lost(long count) {
        lost.add(count);
    }

    /** The latest requests. */
    public LiveRequestLog live() {
        return live;
    }

    /** Whether the configuration wants a log of requests. */
    public boolean isOn() {
        return isOn;
    }

    /** Has files opened again, for programs that rotate them; returns at once. */
    public void reopen() {
        destinations.forEach(RequestDestination::reopen);
    }

    /** The destinations, in the order of the configuration, and what load balancers lost. */
    public List<AccessLogStatus> status() {
        if (!isOn) {
            return List.of();
        }
        List<AccessLogStatus> all = new ArrayList<>();
        destinations.forEach(destination -> all.add(destination.status()));
        all.add(new AccessLogStatus(AccessLogStatus.PROXY, 0, lost.count(), lost.isRecent(), ""));
        return all;
    }

    @Override
    public synchronized void close() {
        List<RequestDestination> all = destinations;
        destinations = List.of();
        all.forEach(RequestDestination::close);
    }
}
