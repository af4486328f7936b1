package io.interlock.systemtests.distribution;

import static org.awaitility.Awaitility.await;

import io.interlock.testsupport.distribution.InterlockImage;
import io.interlock.testsupport.engine.NamespaceSwarm;
import io.interlock.testsupport.network.HttpConnection;
import io.interlock.testsupport.network.PortAllocator;
import io.interlock.testsupport.process.DistributionFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests that the stack file does what it promises: Interlock runs on every manager, in an overlay network with the
 * services that it serves.
 */
@Timeout(300)
@Tag("engine")
class SwarmStackIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path links;

    @Test
    void everyManagerServesTheTasksOfAllNodes() throws Exception {
        String image = InterlockImage.name();
        int port = PortAllocator.next();
        try (NamespaceSwarm swarm = NamespaceSwarm.start(2)) {
            swarm.load(image);
            swarm.deploy(
                    DistributionFiles.projectFile("stack.yaml"),
                    "interlock",
                    Map.of(
                            "INTERLOCK_IMAGE",
                            image,
                            "INTERLOCK_PORT",
                            Integer.toString(port),
                            "DOCKER_SOCKET",
                            swarm.socketOfTheNode(links),
                            "DOCKER_GID",
                            swarm.engine(0).groupOfSocket()));

            for (int node = 0; node < 2; node++) {
                String ip = swarm.engine(node).ip();
                Set<String> names = new HashSet<>();
                await("both tasks answer at node " + node)
                        .atMost(LIMIT)
                        .ignoreExceptionsInstanceOf(IOException.class)
                        .until(() -> {
                            HttpConnection.Response response =
                                    HttpConnection.getFrom(ip, port, "www.example.com", "/name");
                            if (response.status() == 200) {
                                names.add(response.body().strip());
                            }
                            return names.size() == 2;
                        });
                await("the other service answers at node " + node)
                        .atMost(LIMIT)
                        .ignoreExceptionsInstanceOf(IOException.class)
                        .until(() -> HttpConnection.getFrom(ip, port, "api.example.com", "/name")
                                        .status()
                                == 200);
            }
        }
    }
}
