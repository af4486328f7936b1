package io.interlock.testkit;

import io.interlock.api.sink.ContainerResources;
import io.interlock.api.sink.ContainerResources.Cpu;
import io.interlock.api.sink.ContainerResources.Direction;
import io.interlock.api.sink.ContainerResources.Memory;
import io.interlock.api.sink.ContainerResources.Network;
import io.interlock.api.sink.StatsSinkContext;
import io.interlock.api.sink.StatsSnapshot;
import io.interlock.api.status.Explanation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Context of a sink under test: a data folder, and statistics that the test sets. */
public final class SinkTestContext implements StatsSinkContext {

    private final Path dataDirectory;
    private volatile StatsSnapshot current = new StatsSnapshotBuilder().build();

    /** @param dataDirectory an existing folder of the test */
    public SinkTestContext(Path dataDirectory) {
        this.dataDirectory = dataDirectory;
    }

    /** Sets the statistics that {@link #snapshot} returns from now on. */
    public void set(StatsSnapshot snapshot) {
        current = snapshot;
    }

    @Override
    public StatsSnapshot snapshot() {
        return current;
    }

    @Override
    public String pluginId() {
        return "tested";
    }

    @Override
    public Path dataDirectory() {
        return dataDirectory;
    }

    @Override
    public Clock clock() {
        return Clock.systemUTC();
    }

    @Override
    public Explanation explain(String question) {
        return new Explanation(
                question,
                Explanation.Kind.HOST,
                Explanation.Verdict.UNKNOWN,
                "nothing has this name",
                List.of(),
                current.host().problems(),
                List.of());
    }

    /** Returns the same figures for each container of the statistics. */
    @Override
    public ContainerResources resources(String engineId, String containerId) throws IOException {
        if (current.host().containers().stream()
                .noneMatch(container -> container.id().equals(containerId))) {
            throw new IOException("no such container: " + containerId);
        }
        return new ContainerResources(
                current.host().at(),
                new Cpu(OptionalLong.of(300), OptionalLong.of(100), OptionalLong.of(200)),
                new Memory(OptionalLong.of(512), OptionalLong.of(600), OptionalLong.empty(), OptionalLong.of(2048)),
                Optional.of(new Network(new Direction(1, 2, 3, 4), new Direction(5, 6, 7, 8))));
    }
}
