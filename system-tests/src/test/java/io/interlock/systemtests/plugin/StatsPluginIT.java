package io.interlock.systemtests.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.interlock.testsupport.distribution.ConfigFileBuilder;
import io.interlock.testsupport.distribution.InterlockProcess;
import io.interlock.testsupport.engine.LocalEngine;
import io.interlock.testsupport.engine.SampleContainer;
import io.interlock.testsupport.engine.UniqueHostNames;
import io.interlock.testsupport.network.HttpConnection;
import io.interlock.testsupport.network.OriginServer;
import io.interlock.testsupport.network.PortAllocator;
import io.interlock.testsupport.process.DistributionFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests the data of the statistics plugin with a real Prometheus and a real Carbon. */
@Tag("engine")
class StatsPluginIT {

    private final LocalEngine engine = LocalEngine.connect();
    private final List<Process> others = new ArrayList<>();

    @AfterEach
    void endEverything() {
        others.forEach(Process::destroy);
        others.forEach(process -> process.onExit().join());
        engine.close();
    }

    @Test
    void prometheusScrapesWhatIsServedAndForgetsWhatIsGone() throws Exception {
        int port = PortAllocator.next();
        try (InterlockProcess interlock = start(port, Map.of())) {
            String host = UniqueHostNames.newHost();
            SampleContainer container = engine.sample().hostname(host).start();
            interlock.awaitServedBy(container, host);
            int prometheus = startPrometheus(interlock.settings().folder(), port);
            String up = "interlock_server_up{server=\"" + container.name() + "\"}";
            interlock.awaitThat("it is scraped", () -> value(prometheus, up).equals("1"));
            interlock.awaitThat(
                    "its requests are counted",
                    () -> !value(prometheus, "interlock_backend_requests_total > 0")
                            .isEmpty());
            assertThat(value(prometheus, "interlock_ready")).isEqualTo("1");
            assertThat(value(prometheus, "interlock_engine_up{engine=\"local\"}"))
                    .isEqualTo("1");
            container.remove();
            interlock.awaitThat(
                    "its series are gone", () -> value(prometheus, up).isEmpty());
        }
    }

    @Test
    void carbonStoresWhatContainersUseUnderTheOldNames() throws Exception {
        Path folder = Files.createTempDirectory("il-carbon-");
        int carbon = startCarbon(folder);
        Map<String, Object> graphite = Map.of("address", "127.0.0.1:" + carbon, "interval", 1_000);
        try (InterlockProcess interlock = start(PortAllocator.next(), Map.of("graphite", graphite))) {
            String host = UniqueHostNames.newHost();
            SampleContainer container = engine.sample().hostname(host).start();
            interlock.awaitServedBy(container, host);
            Path metrics = folder.resolve("docker/stats/containers")
                    .resolve(container.name().replace('.', '_'));
            for (String name : List.of("cpu/totalUsage", "memory/usage", "network/rxBytes")) {
                interlock.awaitThat(name + " is stored", () -> Files.exists(metrics.resolve(name + ".wsp")));
            }
        }
    }

    @Test
    void aWebHookIsToldWhenAProblemBeginsAndEnds() throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        List<String> signatures = new CopyOnWriteArrayList<>();
        OriginServer receiver = OriginServer.answering(exchange -> {
            JsonMapper.builder()
                    .build()
                    .readTree(exchange.getRequestBody())
                    .path("notices")
                    .forEach(notice -> told.add(notice.path("event").asText() + " "
                            + notice.path("problem").path("subject").asText()));
            signatures.add(exchange.getRequestHeaders().getFirst("X-Interlock-Signature"));
            OriginServer.respond(exchange, 204, "");
        });
        Path secret = Files.writeString(Files.createTempFile("il-hook", ".secret"), "a secret of some length");
        Map<String, String> hook =
                Map.of("url", "http://127.0.0.1:" + receiver.port() + "/hook", "secret_file", secret.toString());
        try (receiver;
                InterlockProcess interlock = start(PortAllocator.next(), Map.of("webhooks", List.of(hook)))) {
            SampleContainer container = engine.sample()
                    .hostname(UniqueHostNames.newHost())
                    .label("interlock.port", "none")
                    .start();
            interlock.awaitThat(
                    "its problem is told",
                    () -> told.stream()
                            .anyMatch(notice ->
                                    notice.startsWith("problem_began ") && notice.contains(container.name())));
            container.remove();
            interlock.awaitThat(
                    "its end is told",
                    () -> told.stream()
                            .anyMatch(notice ->
                                    notice.startsWith("problem_ended ") && notice.contains(container.name())));
            assertThat(signatures).allMatch(signature -> signature.matches("t=[0-9]+,v1=[0-9a-f]{64}"));
        } finally {
            Files.delete(secret);
        }
    }

    private InterlockProcess start(int port, Map<String, Object> more) throws IOException {
        ConfigFileBuilder settings = ConfigFileBuilder.inNewFolder()
                .engine("local", engine.address().toString())
                .with(file -> {
                    var stats = file.putObject("plugins").putObject("stats");
                    stats.put("port", port).put("interval", 1_000);
                    more.forEach(stats::putPOJO);
                });
        return InterlockProcess.start(settings).awaitReady();
    }

    private int startPrometheus(Path folder, int target) throws IOException {
        int port = PortAllocator.next();
        Path config = Files.writeString(folder.resolve("prometheus.yml"), """
                global: {scrape_interval: 1s}
                rule_files: ["%s"]
                scrape_configs:
                  - job_name: interlock
                    static_configs: [{targets: ["localhost:%d"]}]
                """.formatted(
                        DistributionFiles.projectFile("docs/monitoring/alerts.yaml"), target));
        start(
                folder.resolve("prometheus.log"),
                "prometheus",
                "--config.file=" + config,
                "--storage.tsdb.path=" + folder.resolve("prometheus"),
                "--web.listen-address=127.0.0.1:" + port);
        return port;
    }

    private int startCarbon(Path folder) throws IOException {
        int port = PortAllocator.next();
        Path config =
                Files.writeString(folder.resolve("carbon.conf"), """
                [cache]
                STORAGE_DIR = %1$s
                CONF_DIR = %1$s
                LOG_DIR = %1$s
                PID_DIR = %1$s
                LOCAL_DATA_DIR = %1$s
                WHITELISTS_DIR = %1$s
                USER =
                LINE_RECEIVER_INTERFACE = 127.0.0.1
                LINE_RECEIVER_PORT = %2$d
                PICKLE_RECEIVER_PORT = 0
                CACHE_QUERY_INTERFACE = 127.0.0.1
                CACHE_QUERY_PORT = %3$d
                ENABLE_UDP_LISTENER = False
                MAX_CREATES_PER_MINUTE = inf
                """.formatted(folder, port, PortAllocator.next()));
        Files.writeString(folder.resolve("storage-schemas.conf"), """
                [all]
                pattern = .*
                retentions = 1s:1h
                """);
        start(folder.resolve("carbon.log"), "carbon-cache", "--config=" + config, "--nodaemon", "start");
        return port;
    }

    private void start(Path log, String... command) throws IOException {
        try {
            others.add(new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start());
        } catch (IOException e) {
            throw new IOException("this test needs " + command[0] + ": run make test, which installs it", e);
        }
    }

    /** The single value of a query; empty if it has none. */
    private static String value(int prometheus, String query) throws IOException {
        try (HttpConnection http =
                HttpConnection.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), prometheus))) {
            String path = "/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8);
            JsonNode answer =
                    new JsonMapper().readTree(http.get("localhost", path).body());
            return Stream.of(answer.at("/data/result/0/value/1"))
                    .map(JsonNode::asText)
                    .findFirst()
                    .orElse("");
        }
    }
}
