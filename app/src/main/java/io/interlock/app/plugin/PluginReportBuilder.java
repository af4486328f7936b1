package io.interlock.app.plugin;

import io.interlock.app.plugin.PluginReport.State;
import io.interlock.app.plugin.jar.StagedJar;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Builds reports for people from the registry. Pure. */
final class PluginReportBuilder {

    private final PluginRegistry registry;
    private final List<PluginReport> reports = new ArrayList<>();

    private PluginReportBuilder(PluginRegistry registry) {
        this.registry = registry;
    }

    /** A report for each plugin in use, and for each jar, file or section that leads to none. By id. */
    static List<PluginReport> of(PluginRegistry registry) {
        PluginReportBuilder reports = new PluginReportBuilder(registry);
        registry.running().values().forEach(reports::running);
        registry.scan().jars().forEach(reports::jar);
        registry.scan().broken().forEach((file, why) -> reports.reports.add(nameless(file, why)));
        reports.absent();
        return reports.reports.stream()
                .sorted(Comparator.comparing(PluginReport::id).thenComparing(PluginReport::state))
                .toList();
    }

    private void running(ConfiguredPlugin loadBalancer) {
        String id = loadBalancer.pluginId();
        String detail = Stream.of(
                        loadBalancer.trouble(),
                        orphaned(loadBalancer),
                        Optional.ofNullable(registry.leftovers().get(id)))
                .flatMap(Optional::stream)
                .collect(Collectors.joining("; "));
        reports.add(of(loadBalancer.jar(), Optional.of(loadBalancer.type()), State.RUNNING, detail));
    }

    private Optional<String> orphaned(ConfiguredPlugin loadBalancer) {
        boolean there = registry.scan().jars().stream()
                .anyMatch(jar -> jar.id().equals(loadBalancer.pluginId()) && jar.hasContentOf(loadBalancer.jar()));
        return there ? Optional.empty() : Optional.of(loadBalancer.jar().file() + " has changed or was removed since");
    }

    private void jar(StagedJar jar) {
        Optional<ConfiguredPlugin> running =
                Optional.ofNullable(registry.running().get(jar.id()));
        Optional<String> why = Optional.ofNullable(registry.failed().get(jar))
                .or(() -> Optional.ofNullable(registry.blocked().get(jar)));
        Optional<String> passedOver =
                Optional.ofNullable(registry.selection().passedOver().get(jar));
        if (!registry.sections().isEnabled(jar.id())) {
            reports.add(of(
                    jar,
                    Optional.empty(),
                    State.DISABLED,
                    registry.sections().isSelected(jar.id())
                            ? "switched off by $.plugins." + jar.id() + ".enabled"
                            : "not selected by $.dialects"));
        } else if (why.isPresent()) {
            String meanwhile = running.map(former -> "; version " + former.version() + " stays in use")
                    .orElse("");
            reports.add(of(jar, Optional.empty(), State.UNUSABLE, jar.file() + " " + why.get() + meanwhile));
        } else if (passedOver.isPresent()) {
            reports.add(of(jar, Optional.empty(), State.SUPERSEDED, passedOver.get()));
        } else if (running.filter(now -> now.jar().hasContentOf(jar)).isEmpty()) {
            reports.add(of(jar, Optional.empty(), State.STARTING, ""));
        }
    }

    private void absent() {
        Set<String> there = Stream.concat(
                        registry.scan().jars().stream().map(StagedJar::id), registry.running().keySet().stream())
                .collect(Collectors.toSet());
        registry.leftovers().forEach((id, what) -> {
            if (!registry.running().containsKey(id)) {
                reports.add(nameless(id, what));
            }
        });
        registry.sections().desired().stream()
                .filter(id -> !there.contains(id))
                .forEach(id -> reports.add(nameless(
                        id,
                        "has the section $.plugins." + id + " in the configuration file, but no jar in "
                                + registry.folder() + ", where there is "
                                + (there.isEmpty()
                                        ? "none"
                                        : there.stream().sorted().toList()))));
    }

    private static PluginReport of(StagedJar jar, Optional<String> type, State state, String detail) {
        return new PluginReport(
                jar.id(), Optional.of(jar.version()), jar.manifest().requires(), type, state, detail);
    }

    private static PluginReport nameless(String id, String why) {
        return new PluginReport(id, Optional.empty(), Optional.empty(), Optional.empty(), State.UNUSABLE, why);
    }
}
