package io.interlock.app.plugin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.interlock.api.loadbalancer.LoadBalancerFactory;
import io.interlock.app.plugin.LoadedPlugins.SectionProblem;
import io.interlock.app.plugin.SectionBinder.SectionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.pf4j.PluginState;
import org.pf4j.PluginWrapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plugins of one folder. A jar that cannot be used is named with the reason, and changes nothing for the others. Not
 * thread-safe.
 */
public final class PluginHost implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PluginHost.class);
    private static final Duration DEADLINE = Duration.ofMinutes(1);
    private static final String ENABLED = "enabled";

    private final Path folder;
    private final Map<String, ObjectNode> sections;
    private final JarPlugins plugins;
    private final List<PluggedLoadBalancer> loadBalancers = new ArrayList<>();
    private final List<PluginProblem> problems = new ArrayList<>();
    private final List<SectionProblem> configProblems = new ArrayList<>();

    /**
     * A host that has loaded nothing yet.
     *
     * @param folder where the jars lie
     * @param apiVersion the version of the API that plugins may require, as in semantic versioning
     * @param sections each plugin's section of the configuration file, by plugin id
     */
    public PluginHost(Path folder, String apiVersion, Map<String, ObjectNode> sections) {
        this.folder = folder;
        this.sections = Map.copyOf(sections);
        this.plugins = new JarPlugins(folder, apiVersion);
    }

    /** Loads every jar of the folder, in the order of their names. To be called once. */
    public LoadedPlugins load() {
        jars().forEach(this::load);
        Set<String> known = new HashSet<>();
        List.copyOf(plugins.getPlugins()).forEach(plugin -> {
            known.add(plugin.getPluginId());
            use(plugin);
        });
        sections.keySet().stream()
                .filter(id -> !known.contains(id) && isEnabled(id))
                .sorted()
                .forEach(id -> configProblems.add(new SectionProblem(
                        id,
                        List.of(),
                        "the section of a plugin in " + folder + ", which has " + sorted(known),
                        "one for a plugin that is not there",
                        Optional.empty())));
        return new LoadedPlugins(loadBalancers, problems, configProblems);
    }

    private List<Path> jars() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            problems.add(new PluginProblem(folder.toString(), "the plugins folder cannot be read: " + e));
            return List.of();
        }
    }

    private void load(Path jar) {
        String file = jar.getFileName().toString();
        try {
            if (plugins.loadPlugin(jar) == null) {
                problems.add(new PluginProblem(file, "is no plugin: it has no Plugin-Id in its manifest"));
            }
        } catch (RuntimeException | LinkageError e) {
            problems.add(new PluginProblem(file, "cannot be loaded: " + e.getMessage()));
        }
    }

    private void use(PluginWrapper plugin) {
        String id = plugin.getPluginId();
        ObjectNode own = sections.get(id);
        if (own != null && own.has(ENABLED) && !own.get(ENABLED).isBoolean()) {
            configProblems.add(new SectionProblem(
                    id, List.of(ENABLED), "true or false", String.valueOf(own.get(ENABLED)), Optional.empty()));
            return;
        }
        if (!isEnabled(id)) {
            log.info("plugin {} is switched off by $.plugins.{}.enabled", id, id);
            return;
        }
        try {
            PluginState state = plugins.startPlugin(id);
            if (state != PluginState.STARTED) {
                problems.add(new PluginProblem(id, whyNotStarted(plugin)));
                return;
            }
            plug(plugin);
        } catch (SectionException e) {
            configProblems.add(e.problem());
        } catch (RuntimeException | LinkageError e) {
            problems.add(new PluginProblem(id, "cannot be started: " + e));
        }
    }

    private String whyNotStarted(PluginWrapper plugin) {
        String requires = plugin.getDescriptor().getRequires();
        return plugin.getPluginState() == PluginState.DISABLED
                ? "requires API " + requires + ", but this Interlock has " + plugins.getSystemVersion()
                        + ": get a version of the plugin made for it"
                : "cannot be started: " + plugin.getFailedException();
    }

    @SuppressWarnings("rawtypes") // PF4J knows extension points by their class only.
    private void plug(PluginWrapper plugin) throws SectionException {
        String id = plugin.getPluginId();
        List<LoadBalancerFactory> factories = plugins.getExtensions(LoadBalancerFactory.class, id);
        if (factories.size() != 1) {
            problems.add(new PluginProblem(
                    id,
                    "has " + factories.size() + " load balancers, expected one; is META-INF/extensions.idx in "
                            + plugin.getPluginPath().getFileName() + "?"));
            return;
        }
        LoadBalancerFactory<?> factory = factories.getFirst();
        PluginGuard guard = new PluginGuard(id, plugin.getPluginClassLoader(), DEADLINE);
        loadBalancers.add(new PluggedLoadBalancer(id, plugin.getDescriptor().getVersion(), bind(id, factory), guard));
    }

    private <C> PluggedLoadBalancer.Binding<C> bind(String id, LoadBalancerFactory<C> factory) throws SectionException {
        ObjectNode section =
                sections.getOrDefault(id, JsonNodeFactory.instance.objectNode()).deepCopy();
        section.remove(ENABLED);
        return new PluggedLoadBalancer.Binding<>(factory, new SectionBinder(id, section).bind(factory.configType()));
    }

    private boolean isEnabled(String id) {
        ObjectNode section = sections.get(id);
        JsonNode enabled = section == null ? null : section.get(ENABLED);
        return enabled == null || enabled.asBoolean(true);
    }

    private static List<String> sorted(Set<String> ids) {
        return ids.stream().sorted().toList();
    }

    /** Stops every plugin; what they opened must be closed before. */
    @Override
    public void close() {
        // A copy, and one by one: PF4J's own stopPlugins() changes the list that it walks through.
        for (PluginWrapper plugin : List.copyOf(plugins.getStartedPlugins())) {
            try {
                plugins.stopPlugin(plugin.getPluginId());
            } catch (RuntimeException | LinkageError e) {
                log.error("plugin {} failed to stop", plugin.getPluginId(), e);
            }
        }
    }
}
