package io.interlock.app.plugin;

import io.interlock.app.plugin.PluginLoader.Outcome;
import io.interlock.app.plugin.jar.PluginFolder.FolderScan;
import io.interlock.app.plugin.jar.PluginJarSelection;
import io.interlock.app.plugin.jar.StagedJar;
import io.interlock.pluginhost.PluginSectionProblem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Index of the jars in the folder, the plugins in use, and the reasons why they differ. Not thread-safe; performs no
 * action itself.
 */
final class PluginRegistry {

    private final Path folder;
    private PluginSections sections;

    private FolderScan scan = new FolderScan(List.of(), Map.of(), true);
    private PluginJarSelection selection = PluginJarSelection.of(List.of());

    /** Why unchanged jars are not used after a failed attempt. */
    private final Map<StagedJar, String> failed = new HashMap<>();

    /** Why jars cannot be used as long as others are in use. */
    private final Map<StagedJar, String> blocked = new HashMap<>();

    /** Ids of plugins that must be created anew because their configuration changed. */
    private final Set<String> outdated = new HashSet<>();

    private final List<PluginSectionProblem> configProblems = new ArrayList<>();

    /** Plugins that are loaded, and not handed over yet. */
    private final Map<String, ConfiguredPlugin> ready = new TreeMap<>();

    /** Plugins that are handed over, or about to be: by id, the latest that is not known to have failed. */
    private final Map<String, ConfiguredPlugin> desired = new HashMap<>();

    /** All plugins that were handed over and not released. */
    private final Set<ConfiguredPlugin> inUse = new LinkedHashSet<>();

    private final Map<String, ConfiguredPlugin> running = new TreeMap<>();
    private final Map<String, String> leftovers = new TreeMap<>();

    PluginRegistry(Path folder, PluginSections sections) {
        this.folder = folder;
        this.sections = sections;
    }

    /** Updates the registry with a scan of the folder. */
    void update(FolderScan now) {
        scan = now;
        failed.keySet().retainAll(now.jars());
        blocked.keySet().retainAll(now.jars());
        select();
    }

    private void select() {
        selection = PluginJarSelection.of(scan.jars().stream()
                .filter(jar -> sections.isEnabled(jar.id()) && !failed.containsKey(jar))
                .toList());
    }

    /** The jars that must be loaded now. */
    List<StagedJar> jarsToLoad() {
        return selection.inOrder().stream()
                .filter(jar -> !blocked.containsKey(jar))
                .filter(jar -> outdated.contains(jar.id())
                        || Optional.ofNullable(desired.get(jar.id()))
                                .filter(now -> now.jar().hasContentOf(jar))
                                .isEmpty())
                .toList();
    }

    /**
     * Updates the registry with another configuration.
     *
     * @param changed ids of running plugins that must be created anew
     */
    void reconfigure(PluginSections now, Set<String> changed) {
        sections = now;
        configProblems.clear();
        outdated.addAll(changed);
        failed.clear();
        blocked.clear();
        select();
    }

    /** Updates the registry with the result of loading a jar. */
    void loaded(StagedJar jar, Outcome outcome) {
        outdated.remove(jar.id());
        switch (outcome) {
            case Outcome.Ready(ConfiguredPlugin loadBalancer) -> {
                Collection<ConfiguredPlugin> others =
                        Stream.concat(inUse.stream(), ready.values().stream()).toList();
                Optional<String> conflict = PluginListeners.conflict(loadBalancer, others);
                if (conflict.isPresent()) {
                    loadBalancer.discard();
                    blocked.put(jar, conflict.get());
                } else {
                    ready.put(jar.id(), loadBalancer);
                    desired.put(jar.id(), loadBalancer);
                }
            }
            case Outcome.Unusable(String reason) -> failed.put(jar, reason);
            case Outcome.Misconfigured(PluginSectionProblem problem) -> {
                configProblems.add(problem);
                failed.put(
                        jar,
                        SectionProblemLocator.path(problem) + ": expected " + problem.expected() + ", found "
                                + problem.found()
                                + problem.hint().map(hint -> "; " + hint).orElse(""));
            }
        }
        select();
    }

    /** Problems of the configuration file that plugins have reported. */
    List<PluginSectionProblem> configProblems() {
        return List.copyOf(configProblems);
    }

    /** The plugins that are loaded and not handed over. */
    List<ConfiguredPlugin> ready() {
        return List.copyOf(ready.values());
    }

    /** Removes and returns the plugins that are ready; they count as in use from now on. */
    List<ConfiguredPlugin> takeReady() {
        List<ConfiguredPlugin> taken = ready();
        ready.clear();
        inUse.addAll(taken);
        return taken;
    }

    /** Removes and returns the plugins that no longer have a jar in the folder. */
    List<String> takeGone() {
        Set<String> there = scan.jars().stream()
                .map(StagedJar::id)
                .filter(sections::isEnabled)
                .collect(Collectors.toSet());
        List<String> gone =
                desired.keySet().stream().filter(id -> !there.contains(id)).toList();
        gone.forEach(desired::remove);
        return gone;
    }

    /** The ports of everything that is in use or about to be, each with the id of a plugin. */
    SortedMap<Integer, String> ports() {
        return PluginListeners.ports(
                Stream.concat(inUse.stream(), ready.values().stream()).toList());
    }

    void running(ConfiguredPlugin loadBalancer) {
        running.put(loadBalancer.pluginId(), loadBalancer);
    }

    void unusable(ConfiguredPlugin loadBalancer, String reason) {
        String id = loadBalancer.pluginId();
        failed.put(loadBalancer.jar(), reason);
        if (running.get(id) == loadBalancer) {
            running.remove(id);
        }
        if (desired.get(id) == loadBalancer) {
            desired.remove(id);
            // The predecessor is still in use, or in use again.
            Optional.ofNullable(running.get(id)).ifPresent(former -> desired.put(id, former));
        }
        select();
    }

    void released(ConfiguredPlugin loadBalancer, Optional<String> leftover) {
        String id = loadBalancer.pluginId();
        inUse.remove(loadBalancer);
        if (running.get(id) == loadBalancer) {
            running.remove(id);
        }
        leftover.ifPresent(what -> leftovers.put(id, "version " + loadBalancer.version() + " " + what));
        // The release may have freed a port.
        blocked.clear();
    }

    /** The private copies that must stay. */
    Set<Path> copiesInUse() {
        Set<Path> copies = new HashSet<>();
        scan.jars().forEach(jar -> copies.add(jar.copy()));
        inUse.forEach(loadBalancer -> copies.add(loadBalancer.jar().copy()));
        ready.values().forEach(loadBalancer -> copies.add(loadBalancer.jar().copy()));
        return copies;
    }

    /** The reports on all plugins, by id. */
    List<PluginReport> reports() {
        return PluginReportBuilder.of(this);
    }

    Path folder() {
        return folder;
    }

    PluginSections sections() {
        return sections;
    }

    FolderScan scan() {
        return scan;
    }

    PluginJarSelection selection() {
        return selection;
    }

    Map<StagedJar, String> failed() {
        return failed;
    }

    Map<StagedJar, String> blocked() {
        return blocked;
    }

    Map<String, ConfiguredPlugin> running() {
        return running;
    }

    Map<String, ConfiguredPlugin> desired() {
        return desired;
    }

    Map<String, String> leftovers() {
        return leftovers;
    }
}
