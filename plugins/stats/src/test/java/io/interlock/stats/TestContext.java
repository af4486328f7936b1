package io.interlock.stats;

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
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A host that knows one snapshot. */
record TestContext(StatsSnapshot snapshot, Path dataDirectory) implements StatsSinkContext {

    @Override
    public String pluginId() {
        return "stats";
    }

    @Override
    public Clock clock() {
        return Clock.fixed(Snapshots.NOW, ZoneOffset.UTC);
    }

    @Override
    public Explanation explain(String question) {
        return new Explanation(
                question,
                Explanation.Kind.HOST,
                Explanation.Verdict.UNKNOWN,
                "nothing here has this name",
                List.of(),
                snapshot.host().problems(),
                List.of("www.0.example"));
    }

    @Override
    public ContainerResources resources(String engineId, String containerId) throws IOException {
        if (containerId.equals("c1")) {
            throw new IOException("no such container");
        }
        return new ContainerResources(
                Snapshots.NOW,
                new Cpu(OptionalLong.of(300), OptionalLong.of(100), OptionalLong.of(200)),
                new Memory(OptionalLong.of(512), OptionalLong.of(600), OptionalLong.empty(), OptionalLong.of(2048)),
                Optional.of(new Network(new Direction(1, 2, 3, 4), new Direction(5, 6, 7, 8))));
    }
}
