package io.interlock.systemtests.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.testsupport.distribution.ConfigFileBuilder;
import io.interlock.testsupport.distribution.InterlockProcess;
import io.interlock.testsupport.engine.LocalEngine;
import io.interlock.testsupport.engine.SampleContainer;
import io.interlock.testsupport.engine.UniqueHostNames;
import io.interlock.testsupport.process.FileTrees;
import io.interlock.testsupport.process.SystemProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests damage to Interlock and HAProxy: running containers are served, and failures are repaired automatically. */
@Tag("engine")
class HaproxySupervisionIT {

    private final LocalEngine engine = LocalEngine.connect();
    private final String host = UniqueHostNames.newHost();

    @AfterEach
    void removeEverything() {
        engine.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"master", "worker"})
    void aProxyThatIsStoppedWithASignalGoesOn(String which) throws IOException {
        SampleContainer container = engine.sample().hostname(host).start();

        try (InterlockProcess interlock = InterlockProcess.start(settings())) {
            interlock.awaitServedBy(container, host);
            interlock.awaitApplied();
            ProcessHandle process = interlock.proxyProcess(which.equals("master"));

            SystemProcesses.run("kill", "-STOP", Long.toString(process.pid()));

            interlock.awaitLogged(which + " (process " + process.pid() + ") was stopped", "is continued");
            interlock.awaitServedBy(container, host);
            assertThat(interlock.proxyReloads()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin.sock", "master.sock"})
    void aSocketOfTheProxysThatIsRemovedIsMadeAnew(String socket) throws IOException {
        SampleContainer container = engine.sample().hostname(host).start();

        try (InterlockProcess interlock = InterlockProcess.start(settings())) {
            interlock.awaitServedBy(container, host);
            interlock.awaitApplied();
            Path path = FileTrees.find(interlock.settings().folder(), socket);

            Files.delete(path);

            interlock.awaitThat("it is there again", () -> Files.exists(path));
            String later = UniqueHostNames.newHost();
            interlock.awaitServedBy(engine.sample().hostname(later).start(), later);
        }
    }

    @Test
    void anInterlockThatIsKilledIsFollowedByOneThatTakesOverWithoutAReload() throws Exception {
        ConfigFileBuilder settings = settings();
        SampleContainer before = engine.sample().hostname(host).start();
        String later = UniqueHostNames.newHost();
        String meanwhile = UniqueHostNames.newHost();
        try (InterlockProcess first = InterlockProcess.start(settings)) {
            first.awaitServedBy(before, host);
            SampleContainer told = engine.sample().hostname(later).start();
            first.awaitServedBy(told, later);
            ProcessHandle master = first.proxyProcess(true);

            SystemProcesses.run("kill", "-KILL", Long.toString(first.pid()));
            first.awaitExit();

            assertThat(first.nameAt(host)).isEqualTo(before.name());
            assertThat(first.nameAt(later)).isEqualTo(told.name());
            SampleContainer missed = engine.sample().hostname(meanwhile).start();
            InterlockProcess second = InterlockProcess.start(settings);
            second.awaitServedBy(missed, meanwhile);
            assertThat(second.nameAt(host)).isEqualTo(before.name());
            assertThat(second.nameAt(later)).isEqualTo(told.name());
            assertThat(second.proxyProcess(true)).isEqualTo(master);
            assertThat(second.proxyReloads()).isZero();
            assertThat(second.stop()).as(second.log()).isZero();
            second.assertNothingLeft();
        }
    }

    @Test
    void aProxyThatSomebodyElseStartsServesAndIsLeftServing() throws Exception {
        SampleContainer container = engine.sample().hostname(host).start();
        ConfigFileBuilder settings = settings();
        Path shared = settings.folder().resolve("shared");
        settings.with(file -> file.putObject("plugins")
                .putObject("haproxy")
                .put("mode", "external")
                .put("shared_dir", shared.toString()));

        try (InterlockProcess interlock = InterlockProcess.start(settings)) {
            String line = interlock.awaitLogged("no HAProxy answers", "haproxy -W -S " + shared);
            String command = line.substring(line.indexOf("haproxy -W ")).replaceAll("\\.cfg.*", ".cfg");
            Process haproxy = new ProcessBuilder(List.of(command.split(" ")))
                    .redirectErrorStream(true)
                    .redirectOutput(settings.folder().resolve("haproxy.out").toFile())
                    .start();

            interlock.awaitServedBy(container, host);
            String later = UniqueHostNames.newHost();
            SampleContainer another = engine.sample().hostname(later).start();
            interlock.awaitServedBy(another, later);

            assertThat(interlock.stop()).as(interlock.log()).isZero();
            assertThat(haproxy.isAlive()).isTrue();
            assertThat(interlock.nameAt(later)).isEqualTo(another.name());
        }
    }

    private ConfigFileBuilder settings() throws IOException {
        return ConfigFileBuilder.inNewFolder().engine("local", engine.address().toString());
    }
}
