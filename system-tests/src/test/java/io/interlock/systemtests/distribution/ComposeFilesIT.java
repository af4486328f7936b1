package io.interlock.systemtests.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.interlock.testsupport.distribution.InterlockImage;
import io.interlock.testsupport.distribution.InterlockProcess;
import io.interlock.testsupport.engine.LocalEngine;
import io.interlock.testsupport.network.HttpConnection;
import io.interlock.testsupport.network.HttpLoadClient;
import io.interlock.testsupport.network.HttpLoadResult;
import io.interlock.testsupport.network.PortAllocator;
import io.interlock.testsupport.process.DistributionFiles;
import io.interlock.testsupport.process.FileTrees;
import io.interlock.testsupport.process.SystemProcesses;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests that the compose files do what they promise. */
@Tag("engine")
class ComposeFilesIT {

    private static final String ASK = """
            my $engine = IO::Socket::UNIX->new("/run/engine/engine.sock") or die $!;
            print $engine "$ARGV[0] $ARGV[1] HTTP/1.0\\r\\n\\r\\n";
            print((split / /, <$engine>)[1]);
            """;

    private final LocalEngine engine = LocalEngine.connect();
    private final String project = LocalEngine.uniqueName("compose");
    private final int port = PortAllocator.next();
    private String file = "compose.yaml";

    @AfterEach
    void takeDown() throws IOException {
        compose("down", "--volumes", "--timeout", "5");
        engine.close();
    }

    @Test
    void interlockIsReplacedWhileHaproxyInAContainerOfItsOwnServes() throws Exception {
        file = "compose.external.yaml";
        compose("up", "--detach");
        awaitServed("www.example.com", "www");
        awaitServed("api.example.com", "api");

        try (HttpLoadClient client = HttpLoadClient.onKeptConnections(4, port, "www.example.com")) {
            compose("up", "--detach", "--force-recreate", "--no-deps", "interlock");
            compose("stop", "api");
            await("the new Interlock does what it is for")
                    .atMost(InterlockProcess.PATIENCE.multipliedBy(3))
                    .pollInterval(Duration.ofMillis(100))
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(() -> HttpConnection.getImpatiently(port, "api.example.com", "/name")
                                    .status()
                            == 503);
            HttpLoadResult load = client.stop();

            assertThat(load.sent()).isPositive();
            assertThat(load.isFlawless()).as(load.toString()).isTrue();
        }
    }

    @Test
    void bothServicesAreServedAndTheEnginesSocketLetsOnlyLookingPass() throws IOException {
        compose("up", "--detach");

        awaitServed("www.example.com", "www");
        awaitServed("api.example.com", "api");
        awaitServed("api.example.org", "api");
        assertThat(answer("GET", "/_ping")).isEqualTo("200");
        assertThat(answer("GET", "/v1.41/containers/json")).isEqualTo("200");
        // The engine is no manager of a swarm.
        assertThat(List.of(answer("GET", "/services"), answer("GET", "/tasks/x"), answer("GET", "/nodes/x")))
                .containsOnly("503");
        assertThat(answer("POST", "/services/create")).isEqualTo("405");
        assertThat(answer("POST", "/containers/create")).isEqualTo("405");
        assertThat(answer("DELETE", "/containers/x")).isEqualTo("405");
        assertThat(List.of(
                        answer("GET", "/images/json"),
                        answer("GET", "/containers/x/archive"),
                        answer("GET", "/containers/x/attach/ws"),
                        answer("GET", "/containers/x/logs"),
                        answer("GET", "/containers/../images/json"),
                        answer("GET", "/secrets")))
                .containsOnly("403");
    }

    /** The status of a request over the socket that Interlock has. */
    private String answer(String method, String path) throws IOException {
        return compose("exec", "-T", "interlock", "perl", "-MIO::Socket::UNIX", "-e", ASK, method, path)
                .strip();
    }

    private void awaitServed(String host, String name) {
        await(host)
                .atMost(InterlockProcess.PATIENCE.multipliedBy(3))
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(() -> assertThat(
                                HttpConnection.get(port, host, "/name").body().strip())
                        .isEqualTo(name));
    }

    private String compose(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                DistributionFiles.projectFile("scripts/compose").toString(),
                "--project-name",
                project,
                "--file",
                DistributionFiles.projectFile(file).toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("INTERLOCK_IMAGE", InterlockImage.name());
        builder.environment().put("INTERLOCK_PORT", Integer.toString(port));
        builder.environment().put("DOCKER_SOCKET", engine.address().getPath());
        builder.environment()
                .put("DOCKER_GID", FileTrees.groupOf(engine.address().getPath()));
        SystemProcesses.Outcome outcome = SystemProcesses.outcomeOf(builder);
        if (outcome.exitCode() != 0) {
            throw new IOException(command + " failed: " + outcome.output());
        }
        return outcome.output();
    }
}
