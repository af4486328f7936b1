package io.interlock.stats.graphite;

import io.interlock.api.sink.ContainerResources;
import io.interlock.api.sink.ContainerResources.Direction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Writes Carbon's lines, {@code NAME VALUE SECONDS}:
 * <pre>{@code
 * docker.stats.containers.web.cpu.totalUsage 8215431 1795572000
 * docker.stats.containers.nodes.rack-1.web.memory.usage 1048576 1795572000
 * }</pre>
 * The part {@code nodes.ENGINE} is present if several engines are watched. Values that the engine does not count have
 * no line.
 */
final class CarbonLineWriter {

    private static final double PERCENT = 100;

    private final String prefix;

    CarbonLineWriter(String prefix) {
        this.prefix = prefix;
    }

    /** The number of events since the previous line. */
    String events(long count, Instant at) {
        return line(prefix + ".cluster.events", Long.toString(count), at);
    }

    /**
     * The lines of one container's resources.
     *
     * @param name its name in Carbon
     */
    List<String> of(String name, ContainerResources resources) {
        LineCollector lines = new LineCollector(prefix + ".containers." + name, resources.at());
        ContainerResources.Cpu cpu = resources.cpu();
        lines.add("cpu.totalUsage", cpu.total());
        lines.add("cpu.usageInKernelmode", cpu.kernel());
        lines.add("cpu.usageInUsermode", cpu.user());
        ContainerResources.Memory memory = resources.memory();
        lines.add("memory.usage", memory.usage());
        lines.add("memory.maxUsage", memory.maxUsage());
        lines.add("memory.failcnt", memory.failures());
        lines.add("memory.limit", memory.limit());
        if (memory.usage().isPresent() && memory.limit().orElse(0) > 0) {
            double percent =
                    PERCENT * memory.usage().getAsLong() / memory.limit().getAsLong();
            lines.add("memory.percent", String.format(Locale.ROOT, "%.2f", percent));
        }
        resources.network().ifPresent(network -> {
            lines.add("rx", network.received());
            lines.add("tx", network.sent());
        });
        return lines.lines;
    }

    private static final class LineCollector {

        private final String base;
        private final Instant at;
        private final List<String> lines = new ArrayList<>();

        LineCollector(String base, Instant at) {
            this.base = base;
            this.at = at;
        }

        void add(String key, String value) {
            lines.add(line(base + "." + key, value, at));
        }

        void add(String key, OptionalLong value) {
            value.ifPresent(known -> add(key, Long.toString(known)));
        }

        void add(String direction, Direction counts) {
            add("network." + direction + "Bytes", Long.toString(counts.bytes()));
            add("network." + direction + "Packets", Long.toString(counts.packets()));
            add("network." + direction + "Errors", Long.toString(counts.errors()));
            add("network." + direction + "Dropped", Long.toString(counts.dropped()));
        }
    }

    private static String line(String name, String value, Instant at) {
        return name + " " + value + " " + at.getEpochSecond() + "\n";
    }
}
