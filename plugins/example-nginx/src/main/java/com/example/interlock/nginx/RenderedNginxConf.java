package com.example.interlock.nginx;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import io.interlock.api.loadbalancer.Omission;
import io.interlock.api.loadbalancer.ProxySettings;
import io.interlock.api.topology.Backend;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.Server;
import io.interlock.api.topology.ServerState;
import io.interlock.api.topology.Topology;
import io.interlock.api.topology.VirtualHost;
import java.net.Inet6Address;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * nginx' configuration for a topology. Pure: the same input results in the same bytes.
 *
 * @param revision a digest of the text; nginx returns it while it serves this configuration
 * @param text of the configuration file
 * @param omissions the parts of the topology that the configuration does not contain
 */
record RenderedNginxConf(String revision, String text, List<Omission> omissions) {

    /** Marks the start of the text for a backend, or for the names that lead to it, for {@link #backendAt}. */
    private static final String MARK = "# backend ";

    private static final String REVISION = "@REVISION@";
    private static final int REVISION_DIGITS = 16;
    private static final int ROOM = 64;

    /**
     * @param without backends to leave out, by name, each with the reason; requests for them get 503
     * @throws IllegalArgumentException if the template does not fit; the message is for the operator
     */
    static RenderedNginxConf of(
            Topology topology,
            Map<String, String> without,
            String template,
            NginxConfig config,
            ProxySettings settings,
            NginxFiles folder) {
        TemplateModelBuilder model = new TemplateModelBuilder(topology, without);
        Map<String, Object> values = Map.ofEntries(
                Map.entry("mark", MARK),
                Map.entry("revision", REVISION),
                Map.entry("port", config.port()),
                Map.entry("workers", config.workers()),
                Map.entry("connections", Math.max(512, 4 * settings.maxConnections() / config.workers())),
                Map.entry("connectTryTimeout", config.connectTryTimeout()),
                Map.entry("serverTimeout", settings.serverTimeout().toMillis()),
                Map.entry("clientTimeout", settings.clientTimeout().toMillis()),
                Map.entry("pidFile", quoted(folder.pidFile().toString())),
                Map.entry("folder", folder.root().toString()),
                Map.entry("statusSocket", folder.statusSocket().toString()),
                Map.entry("longestName", model.longestName() + ROOM),
                Map.entry("names", 16 * model.names() + 512),
                Map.entry("backends", model.backends()),
                Map.entry("hosts", model.hosts()));
        try {
            String text = Mustache.compiler().escapeHTML(false).compile(template).execute(values);
            String revision = digest(text);
            return new RenderedNginxConf(revision, text.replace(REVISION, revision), model.omissions);
        } catch (MustacheException e) {
            throw new IllegalArgumentException("the template cannot be filled: " + e.getMessage(), e);
        }
    }

    /**
     * The backend that a line belongs to; empty if it belongs to none.
     *
     * @param line the number of the line, from 1
     */
    Optional<String> backendAt(int line) {
        return text.lines()
                .limit(line)
                .map(String::strip)
                .filter(candidate -> candidate.startsWith(MARK.strip()))
                .reduce((earlier, later) -> later)
                .map(candidate -> candidate.substring(Math.min(candidate.length(), MARK.length())).strip())
                .filter(name -> !name.isEmpty());
    }

    /** Backend in the model of the template; docs/plugin-guide.md of Interlock lists its variables. */
    record BackendModel(String name, List<String> servers) {}

    /** Host names with the same routes. */
    record HostModel(String backend, String names, List<LocationModel> locations) {}

    /** Location of nginx; an empty name of the backend stands for none. */
    record LocationModel(String match, String backend, boolean served) {}

    private static final class TemplateModelBuilder {

        private final Topology topology;
        private final Map<String, String> without;
        private final Map<String, Backend> byName;
        private final List<Omission> omissions = new ArrayList<>();

        TemplateModelBuilder(Topology topology, Map<String, String> without) {
            this.topology = topology;
            this.without = without;
            this.byName = topology.backends().stream().collect(Collectors.toMap(Backend::name, Function.identity()));
            topology.backends().stream()
                    .filter(backend -> without.containsKey(backend.name()))
                    .forEach(backend -> omissions.add(new Omission(
                            backend.name(), Optional.empty(), "backend", backend.name(), without.get(backend.name()))));
        }

        /**
         * Whether the backend is served. nginx refuses an upstream without servers, and a backend whose servers accept
         * nothing new needs none.
         */
        private boolean isServed(String backend) {
            return !without.containsKey(backend) && byName.get(backend).servers().stream().anyMatch(TemplateModelBuilder::isReady);
        }

        List<BackendModel> backends() {
            return topology.backends().stream()
                    .filter(backend -> isServed(backend.name()))
                    .map(backend -> new BackendModel(backend.name(), servers(backend)))
                    .toList();
        }

        /** Returns address and parameters of each server. nginx refuses an upstream of backups only. */
        private static List<String> servers(Backend backend) {
            List<Server> ready = backend.servers().stream()
                    .filter(TemplateModelBuilder::isReady)
                    .toList();
            boolean backups = ready.stream().anyMatch(server -> !server.backup());
            return ready.stream()
                    .map(server -> endpoint(server)
                            + (server.weight() > 1 ? " weight=" + server.weight() : "")
                            + (server.backup() && backups ? " backup" : ""))
                    .toList();
        }

        List<HostModel> hosts() {
            return topology.virtualHosts().stream().map(this::host).toList();
        }

        private HostModel host(VirtualHost host) {
            List<LocationModel> locations = new ArrayList<>();
            host.routes().forEach(route -> locations.addAll(locations(route)));
            if (host.routes().stream().noneMatch(route -> route.pathPrefix().equals(Route.EVERYTHING))) {
                locations.add(new LocationModel("/", "", false));
            }
            return new HostModel(
                    host.routes().getLast().backendName(),
                    host.hostNames().stream().map(HostName::value).collect(Collectors.joining(" ")),
                    locations);
        }

        /** The locations of a route. A prefix of whole segments needs two of them. */
        private List<LocationModel> locations(Route route) {
            String backend = route.backendName();
            boolean served = isServed(backend);
            String prefix = route.pathPrefix();
            if (prefix.equals(Route.EVERYTHING)) {
                return List.of(new LocationModel("/", backend, served));
            }
            if (prefix.contains("%")) {
                omissions.add(new Omission(
                        backend,
                        Optional.empty(),
                        "path",
                        prefix,
                        "nginx compares paths decoded; a prefix with % is not served"));
                return List.of();
            }
            return List.of(
                    new LocationModel("= " + quoted(prefix), backend, served),
                    new LocationModel(quoted(prefix + "/"), backend, served));
        }

        private static boolean isReady(Server server) {
            return server.state() == ServerState.READY;
        }

        private static String endpoint(Server server) {
            String host = server.address().getHostAddress();
            return (server.address() instanceof Inet6Address ? "[" + host + "]" : host) + ":" + server.port();
        }

        int longestName() {
            return allNames().stream().map(String::length).max(Comparator.naturalOrder()).orElse(0);
        }

        int names() {
            return allNames().size();
        }

        private Set<String> allNames() {
            return topology.virtualHosts().stream()
                    .flatMap(host -> host.hostNames().stream())
                    .map(HostName::value)
                    .collect(Collectors.toSet());
        }
    }

    /** Quotes a word of nginx' language. Values that the API accepts have no quote, backslash or line break. */
    private static String quoted(String value) {
        if (value.chars().anyMatch(c -> c < ' ' || c == '"' || c == '\\')) {
            throw new IllegalArgumentException("cannot stand in nginx' configuration: " + value);
        }
        return "\"" + value + "\"";
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, REVISION_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
