package io.interlock.systemtests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.systemtests.support.MarkdownDocument;
import io.interlock.testsupport.distribution.InterlockImage;
import io.interlock.testsupport.engine.EngineProxy;
import io.interlock.testsupport.engine.LocalEngine;
import io.interlock.testsupport.network.PortAllocator;
import io.interlock.testsupport.process.DistributionFiles;
import io.interlock.testsupport.process.FileTrees;
import io.interlock.testsupport.process.SystemProcesses;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Types the commands of the documents: all commands of a page, from top to bottom, in one shell that ends at the first
 * failure. It changes only the port of this host, the names of containers, the image under test, the placeholder for
 * the engine's address, and the time that curl waits for newly started services.
 */
@Tag("engine")
class DocumentationCommandsIT {

    private static final String BRIDGE = "{{index .Options \"com.docker.network.bridge.name\"}}";
    private static final String PRELUDE = """
            set -euxo pipefail
            curl() {
                for try in $(seq 200); do
                    if command curl -fsS "$@"; then return; fi
                    sleep 0.2
                done
                return 1
            }
            """;

    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final Pattern NAMED = Pattern.compile("--name (\\S+)");

    private final LocalEngine engine = LocalEngine.connect();
    private final Set<String> containers = new LinkedHashSet<>();
    private final String compose =
            DistributionFiles.projectFile("scripts/compose") + " -p " + LocalEngine.uniqueName("docs");

    @AfterEach
    void removeEverything() throws IOException {
        for (String container : containers) {
            SystemProcesses.outcomeOf(new ProcessBuilder("docker", "rm", "-f", "-v", container));
        }
        run(compose + " down -v; " + compose + " -f compose.external.yaml down -v");
        engine.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                "docs/getting-started.md",
                "docs/operations.md",
                "docs/troubleshooting.md",
                "docs/migrating.md"
            })
    void everyCommandWorks(String page) throws IOException {
        MarkdownDocument document = MarkdownDocument.read(page);
        Path folder = Files.createTempDirectory("il-docs");

        try (EngineProxy wire = EngineProxy.inFrontOf(engine, InetAddress.getByName("0.0.0.0"), ServerSocket::new)) {
            StringBuilder script = new StringBuilder(PRELUDE);
            for (MarkdownDocument.Block block : document.blocks()) {
                if (block.isMarked("file")) {
                    script.append("cat > ").append(block.argument()).append(" <<'END-OF-FILE'\n");
                    script.append(block.text()).append("END-OF-FILE\n");
                } else if (block.isMarked("runs")) {
                    script.append(block.text());
                }
            }
            SystemProcesses.Outcome outcome = run(adapted(script.toString(), folder, wire));

            assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        }
    }

    @Test
    void everyBlockOfCommandsIsRunOrSaysWhyNot() throws IOException {
        for (String page : pages()) {
            assertThat(MarkdownDocument.read(page).blocks())
                    .as(page)
                    .filteredOn(MarkdownDocument.Block::isShell)
                    .allSatisfy(block -> assertThat(block.isMarked("runs") || block.isMarked("needs"))
                            .as(block.text())
                            .isTrue());
        }
    }

    private static Iterable<String> pages() throws IOException {
        try (Stream<Path> files = Files.list(DistributionFiles.projectFile("docs"))) {
            return Stream.concat(
                            Stream.of("README.md"),
                            files.map(file -> "docs/" + file.getFileName()).filter(name -> name.endsWith(".md")))
                    .toList();
        }
    }

    private String adapted(String script, Path folder, EngineProxy wire) throws IOException {
        String port = Integer.toString(PortAllocator.next());
        String adapted = script.replace("-p 80:8080", "-p " + port + ":8080")
                .replace("http://localhost/", "http://localhost:" + port + "/")
                .replace("http://1.2.3.4:4243", "http://" + hostAsSeenFromContainers() + ":" + wire.port())
                .replace(
                        "/tmp/controller.conf",
                        folder.resolve("controller.conf").toString())
                .replace("/var/run/docker.sock:", engine.address().getPath() + ":")
                .replace("interlock/interlock", InterlockImage.name())
                .replace("make image", "docker image inspect " + InterlockImage.name())
                .replace("docker compose", compose);
        Matcher names = NAMED.matcher(script);
        while (names.find()) {
            String own = LocalEngine.uniqueName(names.group(1));
            if (adapted.contains("--name " + names.group(1) + " ")) {
                containers.add(own);
                adapted = adapted.replaceAll("(?<=\\s)" + names.group(1) + "(?=\\s)", own);
            }
        }
        return adapted;
    }

    private static String hostAsSeenFromContainers() throws IOException {
        String bridge = SystemProcesses.run("docker", "network", "inspect", "--format", BRIDGE, "bridge")
                .strip();
        return NetworkInterface.getByName(bridge)
                .inetAddresses()
                .filter(Inet4Address.class::isInstance)
                .map(InetAddress::getHostAddress)
                .findFirst()
                .orElseThrow();
    }

    private SystemProcesses.Outcome run(String script) throws IOException {
        ProcessBuilder bash = new ProcessBuilder("bash", "-c", script);
        bash.directory(DistributionFiles.projectFile(".").toFile());
        bash.environment().put("INTERLOCK_IMAGE", InterlockImage.name());
        bash.environment().put("INTERLOCK_PORT", portOf(script));
        bash.environment().put("DOCKER_SOCKET", engine.address().getPath());
        bash.environment().put("DOCKER_GID", FileTrees.groupOf(engine.address().getPath()));
        return SystemProcesses.outcomeOf(bash, LIMIT);
    }

    private static String portOf(String script) {
        Matcher port = Pattern.compile("http://localhost:(\\d+)/").matcher(script);
        return port.find() ? port.group(1) : "80";
    }
}
