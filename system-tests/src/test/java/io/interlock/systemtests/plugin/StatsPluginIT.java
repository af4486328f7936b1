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
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
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
            int prometheus = startPrometheus(interlock.settings().folder(), port, examples("alerts.yaml"));
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
    void alertsFireForRealFaultsAndEachOfTheirMetricsExists() throws Exception {
        int port = PortAllocator.next();
        Path gone = Files.createTempDirectory("il-gone-").resolve("docker.sock");
        ConfigFileBuilder settings = settings(port, Map.of())
                .engine("gone", "unix://" + gone)
                .with(file -> file.putArray("access_log").addObject().put("to", "metrics"));
        try (InterlockProcess interlock = InterlockProcess.start(settings).awaitReady()) {
            String host = UniqueHostNames.newHost();
            interlock.awaitServedBy(engine.sample().hostname(host).start(), host);
            Path rules = examples("alerts.yaml");
            // As they are, but at once.
            Path impatient = Files.writeString(
                    interlock.settings().folder().resolve("alerts.yaml"),
                    Files.readString(rules).replaceAll("for: \\d+[smh]", "for: 0s"));
            int prometheus = startPrometheus(interlock.settings().folder(), port, impatient);
            interlock.awaitThat(
                    "the lost engine is an alert",
                    () -> fires(prometheus, "InterlockEngineUnreachable", "engine=\"gone\""));
            assertThat(fires(prometheus, "InterlockEngineUnreachable", "engine=\"local\""))
                    .isFalse();
            assertThat(fires(prometheus, "InterlockContainersLeftOut", "")).isFalse();
            SampleContainer wrong = engine.sample()
                    .hostname(UniqueHostNames.newHost())
                    .label("interlock.port", "none")
                    .start();
            interlock.awaitThat("the container is an alert", () -> fires(prometheus, "InterlockContainersLeftOut", ""));
            wrong.remove();
            interlock.awaitThat("the alert ends with it", () -> !fires(prometheus, "InterlockContainersLeftOut", ""));
            interlock.awaitThat(
                    "the latency of the host is counted",
                    () -> !value(
                                    prometheus,
                                    "interlock_http_request_duration_seconds_count{code=\"2xx\",host=\"" + host + "\"}")
                            .isEmpty());
            for (String metric : metricsOf(rules, examples("grafana-dashboard.json"))) {
                interlock.awaitThat(
                        metric + " exists",
                        () -> !value(prometheus, "count(" + metric + ")").isEmpty());
            }
        }
    }

    /** Those that every Interlock has; certificates are tested elsewhere. */
    private static List<String> metricsOf(Path... files) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : files) {
            String text = Files.readString(file);
            Pattern.compile("\\b(?:interlock|process|jvm)_[a-z_]+\\b")
                    .matcher(text)
                    .results()
                    .map(MatchResult::group)
                    .filter(name -> !name.startsWith("interlock_certificate"))
                    .forEach(found::add);
        }
        assertThat(found).hasSizeGreaterThan(20);
        return found.stream().distinct().toList();
    }

    private static boolean fires(int prometheus, String alert, String label) throws IOException {
        return !value(prometheus, "ALERTS{alertstate=\"firing\",alertname=\"" + alert + "\"," + label + "}")
                .isEmpty();
    }

    private static Path examples(String file) {
        return DistributionFiles.projectFile("examples/monitoring/" + file);
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
        return InterlockProcess.start(settings(port, more)).awaitReady();
    }

    private ConfigFileBuilder settings(int port, Map<String, Object> more) throws IOException {
        return ConfigFileBuilder.inNewFolder()
                .engine("local", engine.address().toString())
                .with(file -> {
                    var stats = file.putObject("plugins").putObject("stats");
                    stats.put("port", port).put("interval", 1_000);
                    more.forEach(stats::putPOJO);
                });
    }

    private int startPrometheus(Path folder, int target, Path rules) throws IOException {
        int port = PortAllocator.next();
        Path config = Files.writeString(folder.resolve("prometheus.yml"), """
                global: {scrape_interval: 1s, evaluation_interval: 1s}
                rule_files: ["%s"]
                scrape_configs:
                  - job_name: interlock
                    static_configs: [{targets: ["localhost:%d"]}]
                """.formatted(rules, target));
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
