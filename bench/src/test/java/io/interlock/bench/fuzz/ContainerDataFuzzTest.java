package io.interlock.bench.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.loadbalancer.ProxySettings;
import io.interlock.api.topology.Topology;
import io.interlock.app.config.ContainerPolicy;
import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.ContainerFacts.Health;
import io.interlock.app.inventory.ContainerKey;
import io.interlock.app.inventory.EngineSnapshot;
import io.interlock.app.inventory.InventorySnapshot;
import io.interlock.app.inventory.NetworkAttachment;
import io.interlock.app.inventory.NetworkLocation;
import io.interlock.app.pipeline.CertificateSelector;
import io.interlock.app.pipeline.Pipeline;
import io.interlock.app.readiness.ReadinessProbes;
import io.interlock.haproxy.HaproxyFactory;
import io.interlock.haproxy.model.AuthServers;
import io.interlock.haproxy.model.BackendSpec;
import io.interlock.haproxy.model.HaproxyPaths;
import io.interlock.haproxy.model.HaproxyVersion;
import io.interlock.haproxy.model.ServerSpec;
import io.interlock.haproxy.render.ConfigRenderer;
import io.interlock.haproxy.render.ConfigTemplate;
import io.interlock.haproxy.render.DesiredConfigFactory;
import io.interlock.haproxy.render.RenderedConfig;
import io.interlock.haproxy.render.directive.ErrorPages;
import io.interlock.haproxy.render.directive.HeaderSpace;
import io.interlock.haproxy.render.directive.RenderSettings;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests the whole path from the data of 100,000 containers to HAProxy's configuration: there is never an exception,
 * never a configuration that HAProxy refuses or warns of, and never an unintended line. It is here because only here
 * application and plugin are on one class path.
 */
@Tag("haproxy")
class ContainerDataFuzzTest {

    private static final int ROUNDS = 200;
    private static final int CONTAINERS_A_ROUND = 500;
    private static final String ENGINE = "fuzz";
    private static final Instant TIME = Instant.parse("2026-11-26T12:00:00Z");

    /** The possible beginnings of a backend's lines. */
    private static final Set<String> DIRECTIVES = Set.of(
            "acl",
            "balance",
            "compression",
            "cookie",
            "default-server",
            "dynamic-cookie-key",
            "hash-type",
            "http-after-response",
            "http-check",
            "http-request",
            "http-response",
            "mode",
            "option",
            "retries",
            "retry-on",
            "server",
            "stick-table",
            "tcp-request",
            "timeout");

    @TempDir
    Path folder;

    @Test
    void whateverContainersSayHaproxyIsToldOnlyWhatIsMeant() throws Exception {
        ConfigTemplate template = template();
        RenderSettings settings = settings();
        List<Path> binaries = binaries();
        long served = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Topology topology = new Pipeline(
                            () -> new ContainerPolicy(Optional.of(new ContainerPolicy.PortRange(5000, 5999))),
                            ReadinessProbes.NONE,
                            CertificateSelector.none())
                    .run(fleet(round))
                    .topology();
            RenderedConfig rendered = new ConfigRenderer(settings)
                    .render(new DesiredConfigFactory(settings).of(topology, template), template);
            served += topology.backends().size();
            try {
                compare(rendered);
                check(binaries, rendered);
            } catch (AssertionError e) {
                throw new AssertionError("round " + round, e);
            }
        }
        assertThat(served).isGreaterThan(ROUNDS * CONTAINERS_A_ROUND / 4);
    }

    /** Checks that the lines after the listener of requests are those of the desired backends, and nothing else. */
    private static void compare(RenderedConfig rendered) {
        Map<String, BackendSpec> desired = new TreeMap<>();
        rendered.desired().backends().forEach(backend -> desired.put(backend.name(), backend));
        Set<String> sections = Set.of("global", "peers", "defaults", "frontend", "backend", "userlist");
        String backend = "";
        List<String> servers = new ArrayList<>();
        for (String line : rendered.config().lines().toList()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String first = line.strip().split(" ", 2)[0];
            if (!line.startsWith(" ")) {
                assertThat(sections).contains(first);
                finish(desired, backend, servers);
                backend = first.equals("backend") ? line.substring(first.length() + 1) : "";
                servers.clear();
                assertThat(line).matches("[a-z]+( [A-Za-z0-9_.-]+)?");
            } else if (!backend.isEmpty() && !backend.startsWith("interlock.")) {
                assertThat(DIRECTIVES).as(line).contains(first);
                if (first.equals("server")) {
                    servers.add(line.strip());
                }
            }
            assertThat(first).isNotEqualTo(ContainerDataGenerator.EVIL);
        }
        finish(desired, backend, servers);
        assertThat(desired).as("backends that are not there").isEmpty();
        rendered.maps()
                .forEach((path, text) -> text.lines()
                        .forEach(line -> assertThat(line).as(path.toString()).matches("[^ ]+ [^ ]+")));
    }

    private static void finish(Map<String, BackendSpec> desired, String backend, List<String> servers) {
        if (backend.isEmpty() || backend.startsWith("interlock.")) {
            return;
        }
        BackendSpec spec = desired.remove(backend);
        assertThat(spec).as(backend).isNotNull();
        assertThat(servers).hasSameSizeAs(spec.servers());
        for (int i = 0; i < servers.size(); i++) {
            ServerSpec server = spec.servers().get(i);
            assertThat(servers.get(i))
                    .matches(
                            "server " + Pattern.quote(server.name() + " " + server.endpoint())
                                    + " id [0-9]+ (check|backup)( ([a-z0-9.-]+|@system-ca|req\\.fhdr\\(host\\),field\\(1,:\\)))+");
        }
    }

    /** Checks with all binaries at the same time. */
    private void check(List<Path> binaries, RenderedConfig rendered) throws Exception {
        for (Map.Entry<Path, String> map : rendered.maps().entrySet()) {
            Files.writeString(map.getKey(), map.getValue());
        }
        Files.writeString(new HaproxyPaths(folder).serverStates(), "1\n");
        Path config = folder.resolve("proxy.conf");
        Files.writeString(config, rendered.config());
        List<Process> checks = new ArrayList<>();
        for (Path binary : binaries) {
            checks.add(new ProcessBuilder(binary.toString(), "-c", "-f", config.toString())
                    .redirectErrorStream(true)
                    .start());
        }
        for (Process process : checks) {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(output).isZero();
            assertThat(output).doesNotContain("[NOTICE]", "[WARNING]", "[ALERT]");
        }
    }

    private static InventorySnapshot fleet(long seed) throws Exception {
        Random random = new Random(seed);
        ContainerDataGenerator documents = new ContainerDataGenerator(random);
        Map<String, ContainerFacts> containers = new TreeMap<>();
        for (int i = 0; i < CONTAINERS_A_ROUND; i++) {
            ContainerFacts facts = facts(documents, random, i);
            containers.put(facts.key().containerId(), facts);
        }
        return new InventorySnapshot(Map.of(
                ENGINE,
                new EngineSnapshot(
                        ENGINE,
                        new EngineSnapshot.Connection.Connected(TIME),
                        new NetworkLocation.OnHost(),
                        containers)));
    }

    private static ContainerFacts facts(ContainerDataGenerator documents, Random random, int number) throws Exception {
        byte[] address = {10, 0, (byte) (number >> 8), (byte) number};
        return new ContainerFacts(
                new ContainerKey(ENGINE, String.format("%064x", number)),
                "container-" + number,
                "image",
                TIME.plusSeconds(random.nextInt(3)),
                TIME,
                false,
                random.nextInt(20) == 0,
                Health.NONE,
                documents.hostname(number),
                "",
                random.nextInt(6) == 0 ? Optional.empty() : Optional.of(documents.document()),
                documents.labels(),
                List.of(80),
                List.of(),
                "default",
                List.of(new NetworkAttachment(
                        "bridge", "5".repeat(64), Optional.of(InetAddress.getByAddress(address)), Optional.empty())));
    }

    private RenderSettings settings() {
        ProxySettings proxy = new ProxySettings(
                8080,
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                2048,
                Optional.empty(),
                folder.resolve("proxy.conf"),
                folder.resolve("proxy.pid"),
                Optional.empty());
        return new RenderSettings(
                proxy,
                new HaproxyVersion(2, 6),
                new HaproxyPaths(folder),
                List.of("127.0.0.1:8080"),
                1,
                Duration.ofMillis(200),
                0,
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                Optional.empty(),
                ErrorPages.NONE,
                List.of(InetAddress.getLoopbackAddress()),
                RenderSettings.usualConnectionsPerClient(proxy),
                HeaderSpace.USUAL_HEAD,
                RenderSettings.USUAL_CLIENT_PREFIX,
                AuthServers.NONE);
    }

    private static ConfigTemplate template() throws Exception {
        String name = "haproxy.cfg.mustache";
        try (InputStream in = Objects.requireNonNull(HaproxyFactory.class.getResourceAsStream(name), name)) {
            return ConfigTemplate.compile(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static List<Path> binaries() {
        String listed =
                Optional.ofNullable(System.getenv("INTERLOCK_TEST_HAPROXY")).orElse("");
        if (!listed.isBlank()) {
            return Stream.of(listed.split(",")).map(String::strip).map(Path::of).toList();
        }
        return List.of(Stream.of("/usr/sbin/haproxy", "/usr/local/sbin/haproxy")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(
                        () -> new AssertionError("this test needs HAProxy (Debian, Ubuntu: apt-get install haproxy)")));
    }
}
