package io.interlock.systemtests.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.testsupport.distribution.ConfigFileBuilder;
import io.interlock.testsupport.distribution.InterlockProcess;
import io.interlock.testsupport.engine.EngineProxy;
import io.interlock.testsupport.engine.LocalEngine;
import io.interlock.testsupport.engine.SampleContainer;
import io.interlock.testsupport.engine.UniqueHostNames;
import io.interlock.testsupport.network.PortAllocator;
import io.interlock.testsupport.process.SystemProcesses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests that Interlock does what most people want without a configuration file. */
@Tag("engine")
class DefaultConfigIT {

    private static final int USUAL_PORT = 8080;
    private static final URI USUAL_ENGINE = URI.create("unix:///var/run/docker.sock");

    private final LocalEngine engine = LocalEngine.connect();
    private final String host = UniqueHostNames.newHost();

    @AfterEach
    void removeEverything() {
        engine.close();
    }

    @Test
    void theLocalSocketAndPort8080AreWhatIsUsedWithoutAFile() throws IOException {
        SystemProcesses.Outcome outcome = SystemProcesses.outcomeOf(InterlockProcess.command("check"));

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(outcome.output()).contains(USUAL_ENGINE.toString(), "port " + USUAL_PORT);
    }

    @Test
    void interlockAloneServesTheLocalEngine() throws Exception {
        Map<String, String> environment = engine.address().equals(USUAL_ENGINE)
                ? Map.of()
                : Map.of("DOCKER_HOST", engine.address().toString());

        assertServes(environment);
    }

    @Test
    void theEngineThatDockerWouldTalkToIsWatched() throws Exception {
        try (EngineProxy elsewhere =
                EngineProxy.inFrontOf(engine, InetAddress.getLoopbackAddress(), ServerSocket::new)) {
            assertServes(Map.of("DOCKER_HOST", "tcp://127.0.0.1:" + elsewhere.port()));
            assertThat(elsewhere.requests()).isNotEmpty();
        }
    }

    private void assertServes(Map<String, String> environment) throws Exception {
        boolean usualPort = PortAllocator.isFree(USUAL_PORT);
        ConfigFileBuilder settings =
                usualPort ? ConfigFileBuilder.inNewFolder(USUAL_PORT) : ConfigFileBuilder.inNewFolder();
        ProcessBuilder command = usualPort
                ? InterlockProcess.command()
                : InterlockProcess.command("-proxy-port", Integer.toString(settings.port()));
        command.environment().putAll(environment);
        command.environment().put("XDG_STATE_HOME", settings.folder().toString());
        // The files of root would go to /var/lib; the user name avoids that, whichever user runs the test.
        command.environment().put("INTERLOCK_JAVA_OPTS", "-Duser.name=somebody");
        SampleContainer container = engine.sample().hostname(host).start();

        try (InterlockProcess interlock = InterlockProcess.launch(settings, command)) {
            interlock.awaitServedBy(container, host);
            assertThat(settings.folder().resolve("interlock/proxy.conf")).exists();

            assertThat(interlock.stop()).as(interlock.log()).isZero();
            interlock.assertNothingLeft();
        }
    }
}
