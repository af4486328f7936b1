package io.interlock.systemtests.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.systemtests.support.ThirdPartyPluginBuild;
import io.interlock.testsupport.distribution.InterlockProcess;
import io.interlock.testsupport.engine.LocalEngine;
import io.interlock.testsupport.engine.SampleContainer;
import io.interlock.testsupport.engine.UniqueHostNames;
import io.interlock.testsupport.network.PortAllocator;
import io.interlock.testsupport.process.DistributionFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Tests that the examples are what {@code plugins new} and the archetypes give, that they pass their tests with the published
 * artifacts alone, and that their script starts Interlock with them.
 */
@Tag("engine")
class PluginProjectIT {

    /** The kinds of the examples by name. */
    private static final Map<String, String> EXAMPLES = Map.of(
            "routes-file", "load-balancer",
            "stats-file", "stats-sink",
            "host-label", "label-dialect",
            "zone-file", "dns-provider");

    @Test
    void aNewPluginIsBuiltAndRuns() throws Exception {
        ThirdPartyPluginBuild build = ThirdPartyPluginBuild.inNewFolder();
        boolean isGenerated = ThirdPartyPluginBuild.canGenerate();
        if (!isGenerated) {
            System.err.println("NOT TESTED: archetypes: the Maven repository has no maven-archetype-plugin");
        }
        Path any = Path.of("");
        for (Map.Entry<String, String> example : EXAMPLES.entrySet()) {
            String name = example.getKey();
            SortedMap<String, String> expected = texts(DistributionFiles.projectFile("examples/" + name));
            if (isGenerated) {
                Path generated = build.generate(name, example.getValue(), "com.example." + name.replace("-", ""));
                assertThat(texts(generated))
                        .as("archetype for a %s", example.getValue())
                        .isEqualTo(expected);
                deleteFiles(generated);
            }
            Path project = build.folder().resolve(name);
            create(name, example.getValue(), project);
            assertThat(texts(project)).as("plugins new %s", name).isEqualTo(expected);
            assertThat(project.resolve("run")).isExecutable();
            any = name.equals("routes-file") ? project : any;
        }
        build.verifyAll(EXAMPLES.keySet());
        requireRunning(any);
    }

    /** Runs the command of the packed distribution. */
    private static void create(String name, String kind, Path project) throws IOException, InterruptedException {
        Process command = InterlockProcess.command(
                        "plugins", "new", name, "--kind", kind, "--directory", project.toString())
                .inheritIO()
                .start();
        assertThat(command.waitFor()).isZero();
    }

    private static void requireRunning(Path project) throws IOException, InterruptedException {
        LocalEngine engine = LocalEngine.connect();
        ProcessBuilder command = new ProcessBuilder("./run")
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(project.resolve("target/run.log").toFile());
        command.environment().put("INTERLOCK_HOME", DistributionFiles.folder().toString());
        command.environment().put("INTERLOCK_PORT", Integer.toString(PortAllocator.next()));
        command.environment().put("DOCKER_HOST", engine.address().toString());
        Process interlock = command.start();
        try {
            String host = UniqueHostNames.newHost();
            SampleContainer container = engine.sample().hostname(host).start();
            assertThat(container.name()).isNotEmpty();
            Path routes = project.resolve("target/run/data/plugins/routes-file/routes.txt");
            Awaitility.await("the file has the host of the container")
                    .atMost(InterlockProcess.PATIENCE)
                    .ignoreExceptions()
                    .until(() -> Files.readString(routes).contains(host + "/ "));
        } finally {
            interlock.destroy();
            assertThat(interlock.waitFor(1, TimeUnit.MINUTES)).isTrue();
            engine.close();
        }
    }

    private static SortedMap<String, String> texts(Path project) throws IOException {
        SortedMap<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(project)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path relative = project.relativize(file);
                if (!relative.startsWith("target")) {
                    texts.put(relative.toString(), Files.readString(file));
                }
            }
        }
        return texts;
    }

    private static void deleteFiles(Path project) throws IOException {
        try (Stream<Path> files = Files.walk(project)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
