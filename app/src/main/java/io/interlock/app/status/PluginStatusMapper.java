package io.interlock.app.status;

import io.interlock.api.status.LoadBalancerStatus;
import io.interlock.api.status.LoadBalancerStatus.Apply;
import io.interlock.api.status.PluginStatus;
import io.interlock.api.status.SinkStatus;
import io.interlock.app.plugin.PluginReport;
import io.interlock.util.CountText;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Shows plugins: what their host says of them, with what came of the last call. */
final class PluginStatusMapper {

    private PluginStatusMapper() {}

    /** By id. */
    static List<PluginStatus> of(
            List<PluginReport> reports, List<LoadBalancerStatus> loadBalancers, List<SinkStatus> sinks) {
        return reports.stream()
                .map(report -> of(
                        report,
                        loadBalancers.stream()
                                .filter(loadBalancer -> loadBalancer.pluginId().equals(report.id()))
                                .findFirst(),
                        sinks.stream()
                                .filter(sink -> sink.pluginId().equals(report.id()))
                                .findFirst()))
                .sorted(Comparator.comparing(PluginStatus::id))
                .toList();
    }

    private static PluginStatus of(
            PluginReport report, Optional<LoadBalancerStatus> loadBalancer, Optional<SinkStatus> sink) {
        boolean inUse = report.state() == PluginReport.State.RUNNING;
        Optional<LoadBalancerStatus> failing =
                loadBalancer.filter(status -> inUse && status.state() == LoadBalancerStatus.State.FAILING);
        return new PluginStatus(
                report.id(),
                report.version(),
                report.requires(),
                report.type(),
                state(report, failing.isPresent()),
                report.detail().isEmpty()
                        ? failing.map(LoadBalancerStatus::reason).orElse("")
                        : report.detail(),
                loadBalancer
                        .filter(status -> inUse)
                        .flatMap(LoadBalancerStatus::lastApply)
                        .map(PluginStatusMapper::shown)
                        .or(() -> sink.map(PluginStatusMapper::shown))
                        .orElse(""));
    }

    private static PluginStatus.State state(PluginReport report, boolean failing) {
        return switch (report.state()) {
            case STARTING -> PluginStatus.State.STARTING;
            case RUNNING -> failing ? PluginStatus.State.FAILING : PluginStatus.State.RUNNING;
            case DISABLED -> PluginStatus.State.DISABLED;
            case SUPERSEDED -> PluginStatus.State.SUPERSEDED;
            case UNUSABLE -> PluginStatus.State.UNUSABLE;
        };
    }

    private static String shown(Apply apply) {
        return "revision " + apply.revision() + ": " + apply.outcome().name().toLowerCase(Locale.ROOT) + ", "
                + apply.took().toMillis() + " ms";
    }

    private static String shown(SinkStatus sink) {
        return CountText.of(sink.accepted(), "snapshot") + " taken, " + sink.skipped() + " skipped, " + sink.failed()
                + " failed" + (sink.lastFailure().isEmpty() ? "" : ": " + sink.lastFailure());
    }
}
