package io.interlock.app.docker.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.interlock.api.sink.ContainerResources;
import io.interlock.api.sink.ContainerResources.Cpu;
import io.interlock.api.sink.ContainerResources.Direction;
import io.interlock.api.sink.ContainerResources.Memory;
import io.interlock.api.sink.ContainerResources.Network;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the engine's JSON of a container's resource usage. A missing value is empty. */
final class ContainerResourcesReader {

    private ContainerResourcesReader() {}

    static ContainerResources read(JsonNode stats) {
        JsonNode cpu = stats.path("cpu_stats").path("cpu_usage");
        JsonNode memory = stats.path("memory_stats");
        return new ContainerResources(
                time(stats.path("read")),
                new Cpu(
                        number(cpu.path("total_usage")),
                        number(cpu.path("usage_in_kernelmode")),
                        number(cpu.path("usage_in_usermode"))),
                new Memory(
                        number(memory.path("usage")),
                        number(memory.path("max_usage")),
                        number(memory.path("failcnt")),
                        number(memory.path("limit"))),
                network(stats.path("networks")));
    }

    private static Instant time(JsonNode text) {
        try {
            return OffsetDateTime.parse(text.asText("")).toInstant();
        } catch (DateTimeException notATime) {
            return Instant.EPOCH;
        }
    }

    private static OptionalLong number(JsonNode value) {
        return value.isIntegralNumber() && value.canConvertToLong()
                ? OptionalLong.of(value.longValue())
                : OptionalLong.empty();
    }

    private static Optional<Network> network(JsonNode interfaces) {
        return interfaces.isEmpty()
                ? Optional.empty()
                : Optional.of(new Network(direction(interfaces, "rx"), direction(interfaces, "tx")));
    }

    private static Direction direction(JsonNode interfaces, String prefix) {
        return new Direction(
                sum(interfaces, prefix + "_bytes"),
                sum(interfaces, prefix + "_packets"),
                sum(interfaces, prefix + "_errors"),
                sum(interfaces, prefix + "_dropped"));
    }

    private static long sum(JsonNode interfaces, String key) {
        return interfaces
                .valueStream()
                .mapToLong(each -> each.path(key).asLong())
                .sum();
    }
}
