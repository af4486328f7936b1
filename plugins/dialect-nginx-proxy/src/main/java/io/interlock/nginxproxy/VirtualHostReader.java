package io.interlock.nginxproxy;

import io.interlock.api.dialect.DialectField;
import io.interlock.api.dialect.DialectFinding.Effect;
import io.interlock.api.dialect.DialectInput;
import io.interlock.api.topology.HostName;
import io.interlock.util.HostRegexText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads which hosts and paths a container asks for, and at which ports. */
final class VirtualHostReader {

    static final String HOST = "VIRTUAL_HOST";
    static final String MULTIPORTS = "VIRTUAL_HOST_MULTIPORTS";
    private static final String PORT = "VIRTUAL_PORT";
    private static final String PATH = "VIRTUAL_PATH";
    private static final String DEST = "VIRTUAL_DEST";
    private static final String PROTO = "VIRTUAL_PROTO";

    /** Beyond it, Interlock refuses the container. */
    private static final int MOST_ROUTES = 51;

    private final NginxProxyConfig config;
    private final HtpasswdFolder htpasswd;
    private final DialectInput input;
    private final TranslationBuilder out;
    private String source = HOST;

    VirtualHostReader(NginxProxyConfig config, HtpasswdFolder htpasswd, DialectInput input, TranslationBuilder out) {
        this.config = config;
        this.htpasswd = htpasswd;
        this.input = input;
        this.out = out;
    }

    /** Location with the users that may see it; hosts with an equal one share a route. */
    private record SharedLocation(VirtualLocation location, Optional<List<String>> users) {}

    /** Adds the routes. Returns the hosts as nginx-proxy has them; empty if the container asks for none. */
    List<String> read() {
        Map<String, List<VirtualLocation>> hosts = hosts();
        Map<SharedLocation, List<String>> shared = new LinkedHashMap<>();
        hosts.forEach((host, locations) -> locations.forEach(location -> shared.computeIfAbsent(
                        new SharedLocation(location, htpasswd.of(host, location.path())), any -> new ArrayList<>())
                .add(host)));
        if (shared.size() == 1) {
            shared.forEach((location, names) -> fields(location, names).forEach(out::field));
        } else {
            int number = 0;
            for (Map.Entry<SharedLocation, List<String>> each : shared.entrySet()) {
                if (number == MOST_ROUTES) {
                    break;
                }
                out.route("v" + number++, fields(each.getKey(), each.getValue()));
            }
        }
        return List.copyOf(hosts.keySet());
    }

    private Map<String, List<VirtualLocation>> hosts() {
        String multiports = input.environment().getOrDefault(MULTIPORTS, "");
        if (!multiports.isBlank()) {
            source = MULTIPORTS;
            for (String other : List.of(HOST, PORT, PATH, DEST)) {
                if (!input.environment().getOrDefault(other, "").isBlank()) {
                    out.found(
                            Effect.DIFFERS,
                            other,
                            "",
                            "does not count beside " + MULTIPORTS + ", as in nginx-proxy",
                            "");
                }
            }
            try {
                return MultiportsParser.locations(multiports);
            } catch (IllegalArgumentException e) {
                out.found(
                        Effect.LEFT_OUT,
                        MULTIPORTS,
                        "",
                        e.getMessage() + ", expected hosts with paths with port and dest",
                        "write a mapping without lists, anchors and texts over several lines");
                return Map.of();
            }
        }
        VirtualLocation location = new VirtualLocation(
                Optional.of(text(PATH)).filter(path -> !path.isEmpty()).orElse("/"),
                Optional.of(text(PORT)).filter(port -> !port.isEmpty()),
                text(DEST),
                Optional.empty());
        Map<String, List<VirtualLocation>> hosts = new LinkedHashMap<>();
        TranslationBuilder.elements(input.environment().getOrDefault(HOST, ""))
                .forEach(host -> hosts.put(host, List.of(location)));
        return hosts;
    }

    private String text(String variable) {
        return input.environment().getOrDefault(variable, "").strip();
    }

    private Map<String, DialectField> fields(SharedLocation shared, List<String> hosts) {
        VirtualLocation location = shared.location();
        Map<String, DialectField> fields = new TreeMap<>();
        names(hosts, fields);
        path(location, fields);
        port(location, fields);
        protocol(location, fields);
        shared.users().ifPresent(users -> fields.put("basic_auth", new DialectField(Set.of(), users)));
        return fields;
    }

    private void names(List<String> hosts, Map<String, DialectField> fields) {
        List<String> names = new ArrayList<>();
        for (String host : hosts) {
            for (String name : name(host)) {
                try {
                    names.add(HostName.of(name).value());
                } catch (IllegalArgumentException e) {
                    out.found(
                            Effect.LOST,
                            source,
                            host,
                            "is a name that Interlock cannot serve: " + e.getMessage(),
                            "give interlock.hostname, or another name");
                }
            }
        }
        if (names.isEmpty()) {
            out.found(Effect.LEFT_OUT, source, String.join(",", hosts), "no name remains", "");
            return;
        }
        fields.put("hostname", DialectField.of(source, names.getFirst()));
        if (names.size() > 1) {
            fields.put("alias_domains", DialectField.of(source, names.subList(1, names.size())));
        }
        if (config.defaultHost().filter(hosts::contains).isPresent()) {
            fields.put("default", DialectField.of(source, "true"));
        }
    }

    /** nginx's forms of server names. */
    private static List<String> name(String host) {
        if (host.startsWith("~")) {
            try {
                return List.of(HostRegexText.of(host.substring(1)));
            } catch (IllegalArgumentException e) {
                return List.of(host);
            }
        }
        if (host.endsWith(".*")) {
            return List.of("~^" + host.substring(0, host.length() - 2).replace(".", "\\.") + "\\.[a-z0-9_.-]+$");
        }
        return host.startsWith(".") ? List.of(host.substring(1), "*" + host) : List.of(host);
    }

    private void path(VirtualLocation location, Map<String, DialectField> fields) {
        String pathSource = source.equals(HOST) ? PATH : source;
        String destSource = source.equals(HOST) ? DEST : source;
        String path = location.path().replaceFirst("^= *(?=/)", "");
        boolean isExact = !path.equals(location.path());
        if (!path.startsWith("/")) {
            out.found(
                    Effect.LEFT_OUT,
                    pathSource,
                    path,
                    "is a location of nginx other than the beginning of a path, for which there is no field",
                    "write the beginning of a path, such as /app");
            return;
        }
        boolean everything = path.equals("/");
        if (isExact) {
            fields.put("path_match", DialectField.of(pathSource, "exact"));
        }
        if (!everything) {
            fields.put("path", DialectField.of(pathSource, path));
            if (!isExact && !path.endsWith("/")) {
                out.found(
                        Effect.DIFFERS,
                        pathSource,
                        path,
                        "matches whole segments of a path only: " + path + " and what is below it, not " + path + "x",
                        "");
            }
        }
        String dest = location.dest();
        if (dest.equals("/") && !everything) {
            fields.put("strip_path", DialectField.of(destSource, "true"));
        } else if (!dest.isEmpty() && !dest.equals(path)) {
            out.found(
                    Effect.LOST,
                    destSource,
                    dest,
                    "replaces the path by another one than /, for which there is no field; the container gets the path as it is",
                    "have the application serve that path");
        }
    }

    private void port(VirtualLocation location, Map<String, DialectField> fields) {
        if (location.port().isPresent()) {
            fields.put(
                    "port",
                    DialectField.of(
                            source.equals(HOST) ? PORT : source, location.port().get()));
        } else if (input.exposedPorts().size() != 1) {
            fields.put("port", DialectField.of(source, "80"));
        }
    }

    private void protocol(VirtualLocation location, Map<String, DialectField> fields) {
        String protoSource = location.proto().isPresent() ? source : PROTO;
        String proto = location.proto().orElse(text(PROTO));
        switch (proto) {
            case "", "http" -> {}
            case "https" -> tls(protoSource, fields);
            case "grpc" -> fields.put("proto", DialectField.of(protoSource, "h2"));
            case "grpcs" -> {
                tls(protoSource, fields);
                fields.put("proto", DialectField.of(protoSource, "h2"));
            }
            default ->
                out.found(
                        Effect.LEFT_OUT,
                        protoSource,
                        proto,
                        "is a protocol that Interlock does not speak",
                        "put a server of HTTP into the container");
        }
    }

    /** nginx does not verify the certificates of containers. */
    private static void tls(String protoSource, Map<String, DialectField> fields) {
        fields.put("ssl_backend", DialectField.of(protoSource, "true"));
        fields.put("ssl_backend_tls_verify", DialectField.of(protoSource, "none"));
    }
}
