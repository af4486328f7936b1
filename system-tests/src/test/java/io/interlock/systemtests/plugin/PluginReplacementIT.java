package io.interlock.systemtests.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.systemtests.support.PluginJarVariants;
import io.interlock.testsupport.distribution.ConfigFileBuilder;
import io.interlock.testsupport.distribution.InterlockProcess;
import io.interlock.testsupport.engine.LocalEngine;
import io.interlock.testsupport.engine.SampleContainer;
import io.interlock.testsupport.engine.UniqueHostNames;
import io.interlock.testsupport.network.HttpLoadClient;
import io.interlock.testsupport.network.HttpLoadResult;
import io.interlock.testsupport.network.PortAllocator;
import io.interlock.testsupport.process.DistributionFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests plugins that are added, replaced and removed while Interlock runs, with the published jars. */
@Tag("engine")
class PluginReplacementIT {

    private final LocalEngine engine = LocalEngine.connect();
    private final String host = UniqueHostNames.newHost();

    private ConfigFileBuilder settings;
    private Path plugins;

    @BeforeEach
    void makeFolder() throws IOException {
        settings =
                ConfigFileBuilder.inNewFolder().engine("local", engine.address().toString());
        plugins = Files.createDirectory(settings.folder().resolve("plugins"));
        settings.with(file -> file.put("plugins_dir", plugins.toString()));
    }

    @AfterEach
    void removeEverything() {
        engine.close();
    }

    @Test
    void aPluginWhosePortIsTakenAndAFileThatIsNoJarAreNamedAndNobodyElseNotices() throws Exception {
        PluginJarVariants.copy(haproxy(), plugins.resolve("haproxy.jar"));
        settings.with(file -> file.putObject("plugins").putObject("second").put("bind", "127.0.0.1"));
        SampleContainer container = engine.sample().hostname(host).start();

        try (InterlockProcess interlock = InterlockProcess.start(settings)) {
            interlock.awaitServedBy(container, host);
            interlock.awaitLogged("plugin second", "$.plugins.second", "no jar");

            // The same plugin under another id needs the same port: the conflict is reported, and the plugin waits.
            Path second = PluginJarVariants.withId("second", haproxy(), plugins.resolve("second.jar"));
            interlock.awaitLogged("plugin second", "would listen on port " + settings.port(), "as plugin haproxy does");

            Files.delete(second);
            Files.writeString(plugins.resolve("broken.jar"), "no jar at all");
            interlock.awaitLogged("plugin broken.jar", "is not a readable, complete jar");
            assertThat(interlock.nameAt(host)).isEqualTo(container.name());
        }
    }

    @Test
    void anotherVersionOfHaproxysPluginTakesTheRunningHaproxyOverAndNoRequestIsLost() throws Exception {
        Path jar = plugins.resolve("haproxy.jar");
        PluginJarVariants.withVersion("2.0.0", haproxy(), jar);
        SampleContainer container = engine.sample().hostname(host).start();

        try (InterlockProcess interlock = InterlockProcess.start(settings)) {
            interlock.awaitServedBy(container, host);
            List<Long> before = pids(interlock);
            HttpLoadResult result;
            try (HttpLoadClient load = HttpLoadClient.onFreshConnections(2, interlock.port(), host)) {
                for (int i = 1; i <= 3; i++) {
                    PluginJarVariants.withVersion("2.0." + i, haproxy(), jar);
                    interlock.awaitLogged("version 2.0." + i + " takes over from version 2.0." + (i - 1));
                }
                String later = UniqueHostNames.newHost();
                interlock.awaitServedBy(engine.sample().hostname(later).start(), later);
                result = load.stop();
            }

            assertThat(result.sent()).isPositive();
            assertThat(result.isFlawless()).as(result.toString()).isTrue();
            assertThat(pids(interlock)).as("one HAProxy served all the time").containsAll(before.subList(0, 1));
            assertThat(interlock.stop()).as(interlock.log()).isZero();
            interlock.assertNothingLeft();
        }
    }

    @Test
    void anotherVersionThatDoesNotWorkLeavesTheRunningOneServing() throws Exception {
        Path jar = plugins.resolve("haproxy.jar");
        PluginJarVariants.copy(haproxy(), jar);
        SampleContainer container = engine.sample().hostname(host).start();

        try (InterlockProcess interlock = InterlockProcess.start(settings)) {
            interlock.awaitServedBy(container, host);
            PluginJarVariants.without("META-INF/extensions.idx", haproxy(), jar);
            interlock.awaitLogged("plugin haproxy", "META-INF/extensions.idx", "stays in use");

            String later = UniqueHostNames.newHost();
            interlock.awaitServedBy(engine.sample().hostname(later).start(), later);
        }
    }

    @Test
    void withItsJarHaproxyGoesAndComesBack() throws Exception {
        Path jar = plugins.resolve("haproxy.jar");
        PluginJarVariants.copy(haproxy(), jar);
        SampleContainer container = engine.sample().hostname(host).start();

        try (InterlockProcess interlock = InterlockProcess.start(settings)) {
            interlock.awaitServedBy(container, host);
            Path aside = Files.move(jar, settings.folder().resolve("aside.jar"), StandardCopyOption.ATOMIC_MOVE);
            interlock.awaitThat(
                    "HAProxy has ended", () -> interlock.proxyProcesses().isEmpty());
            assertThat(PortAllocator.isFree(interlock.port())).isTrue();

            Files.move(aside, jar, StandardCopyOption.ATOMIC_MOVE);
            interlock.awaitServedBy(container, host);
        }
    }

    private static List<Long> pids(InterlockProcess interlock) {
        return interlock.proxyProcesses().stream()
                .map(ProcessHandle::pid)
                .sorted()
                .toList();
    }

    private static Path haproxy() {
        return DistributionFiles.folder().resolve("plugins/interlock-plugin-haproxy.jar");
    }
}
