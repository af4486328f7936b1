package io.interlock.testkit;

import io.interlock.api.status.ContainerStatus;
import io.interlock.api.status.EngineStatus;
import io.interlock.api.status.InterlockStatus;
import io.interlock.api.status.Problem;
import io.interlock.api.status.ProcessStatus;
import io.interlock.api.status.TlsStatus;
import io.interlock.api.topology.Backend;
import io.interlock.api.topology.Server;
import io.interlock.api.topology.Topology;
import io.interlock.api.topology.TopologySnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Builder of statuses of Interlock for tests. Without further calls it is ready, has the engine {@code local}, which is
 * connected, and serves nothing.
 */
public final class InterlockStatusBuilder {

    /** The time of every status that no other one was given. */
    public static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final List<ContainerStatus> containers = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private Instant at = NOW;
    private boolean ready = true;
    private Topology topology = Topology.EMPTY;

    /** Sets the time of the status. */
    public InterlockStatusBuilder at(Instant time) {
        at = time;
        return this;
    }

    /** Sets whether Interlock serves. The default is true. */
    public InterlockStatusBuilder ready(boolean isReady) {
        ready = isReady;
        return this;
    }

    /** Sets the topology, and adds a served container for each of its servers. */
    public InterlockStatusBuilder serving(Topology served) {
        topology = served;
        for (Backend backend : served.backends()) {
            for (Server server : backend.servers()) {
                container(server.name(), "shop:1", List.of(backend.name()));
            }
        }
        return this;
    }

    /**
     * Adds a container of the engine {@code local}.
     *
     * @param backendNames the backends of which it is a server; empty: it does not ask to be served
     */
    public InterlockStatusBuilder container(String name, String image, List<String> backendNames) {
        ContainerStatus.Outcome outcome =
                backendNames.isEmpty() ? ContainerStatus.Outcome.NOT_ADDRESSED : ContainerStatus.Outcome.SERVED;
        containers.add(new ContainerStatus(
                "local",
                name,
                name,
                image,
                at.minusSeconds(30),
                outcome,
                backendNames.isEmpty() ? "hostname" : "",
                backendNames));
        return this;
    }

    /**
     * Adds a problem of a container, which is not served because of it.
     *
     * @param name the container's name
     * @param reason what is wrong
     */
    public InterlockStatusBuilder problem(String name, String reason) {
        problems.add(new Problem(
                Problem.Severity.ERROR,
                Problem.Source.CONTAINER,
                name,
                Optional.of("local/" + name),
                Optional.empty(),
                "interlock.port",
                "",
                reason,
                "not served",
                ""));
        return this;
    }

    public InterlockStatus build() {
        return new InterlockStatus(
                at,
                "2.0.0",
                at.minusSeconds(60),
                ready,
                new TopologySnapshot(1, topology),
                List.of(new EngineStatus(
                        "local",
                        "unix:///var/run/docker.sock",
                        EngineStatus.State.CONNECTED,
                        Optional.of(at.minusSeconds(59)),
                        Optional.empty(),
                        containers.size(),
                        new EngineStatus.Intake(10, 10, 0, 1, 1))),
                containers,
                List.of(),
                List.of(),
                List.of(),
                problems,
                List.of(),
                new ProcessStatus(
                        4711,
                        "21",
                        Duration.ofSeconds(1),
                        20_000_000,
                        256_000_000,
                        30_000_000,
                        12,
                        3,
                        Duration.ofMillis(7)),
                TlsStatus.NONE);
    }
}
