package io.interlock.bench.subject;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.interlock.bench.engine.RawEngineClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Baseline that works as Interlock 0.1 did: at each event it lists and inspects everything, writes the whole
 * configuration with two rules for each host, and starts a HAProxy that takes over from the previous one. A separate
 * program, so that its consumption can be distinguished from that of the benchmarks. Arguments: the engine's address,
 * the port to serve, a folder.
 */
public final class ConfigRegenerator {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> ACTIONS = Set.of("start", "restart", "stop", "kill", "die");
    private static final String FILTERS = "{\"type\":[\"container\"]}";

    private final RawEngineClient engine;
    private final int port;
    private final Path folder;
    private final List<ProcessHandle> proxies = new ArrayList<>();
    private int reloads;

    private ConfigRegenerator(String engineAddress, int port, Path folder) {
        this.engine = new RawEngineClient(engineAddress);
        this.port = port;
        this.folder = folder;
    }

    public static void main(String[] args) throws IOException {
        new ConfigRegenerator(args[0], Integer.parseInt(args[1]), Path.of(args[2])).run();
    }

    private void run() throws IOException {
        try (RawEngineClient.Stream events =
                engine.open("/events?filters=" + URLEncoder.encode(FILTERS, StandardCharsets.UTF_8))) {
            regenerate();
            while (true) {
                if (ACTIONS.contains(JSON.readTree(events.line()).path("Action").asText())) {
                    regenerate();
                }
            }
        }
    }

    private void regenerate() throws IOException {
        Map<String, List<String>> backends = new TreeMap<>();
        for (JsonNode listed : JSON.readTree(engine.get("/containers/json"))) {
            read(JSON.readTree(engine.get("/containers/" + listed.path("Id").asText() + "/json")), backends);
        }
        Files.writeString(folder.resolve("proxy.cfg"), config(backends));
        reload();
    }

    private static void read(JsonNode container, Map<String, List<String>> backends) {
        String host = container.path("Config").path("Hostname").asText("");
        JsonNode ports = container.path("Config").path("ExposedPorts");
        String address = container.path("NetworkSettings").path("IPAddress").asText("");
        if (host.contains(".") && !ports.isEmpty() && !address.isEmpty()) {
            String port = ports.fieldNames().next().replace("/tcp", "");
            backends.computeIfAbsent(host, any -> new ArrayList<>()).add(address + ":" + port);
        }
    }

    private String config(Map<String, List<String>> backends) {
        StringBuilder frontend = new StringBuilder("""
                global
                    maxconn 2048
                defaults
                    mode http
                    retries 3
                    option redispatch
                    timeout connect 5000
                    timeout client 10000
                    timeout server 10000
                frontend http-default
                    bind *:%d
                    monitor-uri /haproxy?monitor
                """.formatted(port));
        StringBuilder rest = new StringBuilder();
        backends.forEach((host, servers) -> {
            String name = host.replace('.', '_');
            frontend.append(
                    "    acl is_%s hdr_beg(host) %s%n    use_backend %s if is_%s%n".formatted(name, host, name, name));
            rest.append("backend ").append(name).append("\n    balance roundrobin\n    option forwardfor\n");
            for (int i = 0; i < servers.size(); i++) {
                rest.append("    server %s_%d %s check inter 5000%n".formatted(name, i, servers.get(i)));
            }
        });
        return frontend.append(rest).toString();
    }

    /**
     * Runs HAProxy in the foreground, unlike 0.1, so that the kernel adds the consumption of an ended one to this
     * process.
     */
    private void reload() throws IOException {
        List<String> command = new ArrayList<>(
                List.of("haproxy", "-db", "-f", folder.resolve("proxy.cfg").toString(), "-sf"));
        proxies.removeIf(proxy -> !proxy.isAlive());
        proxies.forEach(proxy -> command.add(Long.toString(proxy.pid())));
        proxies.add(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("haproxy.log").toFile()))
                .start()
                .toHandle());
        reloads++;
        try {
            Files.writeString(folder.resolve("reloads"), Integer.toString(reloads - 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
