package io.interlock.systemtests.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.interlock.testsupport.distribution.ConfigFileBuilder;
import io.interlock.testsupport.distribution.InterlockCommandRunner;
import io.interlock.testsupport.distribution.InterlockProcess;
import io.interlock.testsupport.engine.LocalEngine;
import io.interlock.testsupport.engine.NamespaceSwarm;
import io.interlock.testsupport.engine.UniqueHostNames;
import io.interlock.testsupport.network.HttpLoadClient;
import io.interlock.testsupport.network.HttpLoadResult;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests services of a real swarm of three nodes, watched from outside of it. */
@Timeout(240)
@Tag("engine")
class SwarmServicesIT {

    private static final int NODES = 3;
    private static final int MANY = 50;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private static NamespaceSwarm swarm;

    private final String host = UniqueHostNames.newHost();
    private final String service = LocalEngine.uniqueName("service");

    @BeforeAll
    static void start() throws IOException {
        swarm = NamespaceSwarm.start(NODES);
    }

    @AfterAll
    static void end() throws IOException {
        swarm.close();
    }

    @AfterEach
    void removeTheService() throws IOException {
        swarm.engine(2).docker("service", "rm", service);
    }

    @Test
    void aServiceIsServedByItsTasksOnAllNodesAndItsLabelsAreHeededAtOnce() throws Exception {
        create(NODES);
        try (InterlockProcess interlock = InterlockProcess.start(swarmMode())) {
            awaitServers(interlock, NODES);
            assertThat(namesOf(interlock)).hasSize(NODES);

            String other = UniqueHostNames.newHost();
            swarm.engine(0)
                    .docker("service", "update", "--detach", "--label-add", "interlock.hostname=" + other, service);
            interlock.awaitThat(
                    "its new name is served",
                    () -> interlock.get(other, "/name").status() == 200);
            interlock.awaitNotServed(host);
        }
    }

    @Test
    void aRollingUpdateLosesNoRequest() throws Exception {
        create(NODES);
        try (InterlockProcess interlock = InterlockProcess.start(swarmMode())) {
            awaitServers(interlock, NODES);
            try (HttpLoadClient load = HttpLoadClient.onKeptConnections(2, interlock.port(), host)) {
                Set<String> before = namesOf(interlock);
                swarm.engine(0).docker("service", "update", "--force", "--quiet", service);
                interlock.awaitThat("all are others", () -> {
                    Set<String> now = namesOf(interlock);
                    return now.size() == NODES && now.stream().noneMatch(before::contains);
                });
                HttpLoadResult result = load.stop();
                assertThat(result.isFlawless()).as(result.toString()).isTrue();
            }
        }
    }

    @Test
    void aServiceIsScaledUpAndDownWithoutLosingARequest() throws Exception {
        create(0);
        try (InterlockProcess interlock = InterlockProcess.start(swarmMode())) {
            scale(interlock, NODES);
            try (HttpLoadClient load = HttpLoadClient.onKeptConnections(2, interlock.port(), host)) {
                scale(interlock, MANY);
                scale(interlock, NODES);
                HttpLoadResult result = load.stop();
                assertThat(result.isFlawless()).as(result.toString()).isTrue();
            }
            assertThat(interlock.log()).as("no task is complained of").doesNotContain("WARN");
            swarm.engine(0).docker("service", "scale", "--detach", service + "=0");
            interlock.awaitNotServed(host);
        }
    }

    private void scale(InterlockProcess interlock, int replicas) throws IOException {
        swarm.engine(0).docker("service", "scale", "--detach", service + "=" + replicas);
        swarm.awaitRunning(0, service, replicas);
        awaitServers(interlock, replicas);
    }

    @Test
    void aManagerThatDiesIsReplacedByAnother() throws Exception {
        create(NODES);
        try (InterlockProcess interlock = InterlockProcess.start(swarmMode())) {
            awaitServers(interlock, NODES);
            swarm.engine(0).kill();
            try {
                interlock.awaitLogged("swarm", "reach");
                swarm.awaitLeader(1);
                String later = LocalEngine.uniqueName("later");
                String laterHost = UniqueHostNames.newHost();
                // The service has a task on each node: a single task could be placed on the dead node before the swarm
                // notices its end.
                swarm.createService(1, later, "--mode", "global", "--label", "interlock.hostname=" + laterHost);
                interlock.awaitThat(
                        "what came later is served",
                        () -> interlock.get(laterHost, "/name").status() == 200);
                swarm.engine(1).docker("service", "rm", later);
            } finally {
                swarm.engine(0).startAgain();
                swarm.awaitAllNodes();
            }
        }
    }

    @Test
    void tasksOnANodeThatIsLostAreServedElsewhere() throws Exception {
        create(NODES);
        try (InterlockProcess interlock = InterlockProcess.start(swarmMode())) {
            awaitServers(interlock, NODES);
            swarm.connect(2, false);
            try {
                interlock.awaitThat(
                        "requests are answered by the others",
                        () -> namesOf(interlock).size() == NODES - 1);
                swarm.awaitRunning(0, service, NODES);
                interlock.awaitThat(
                        "all tasks are served", () -> namesOf(interlock).size() == NODES);
            } finally {
                swarm.connect(2, true);
                swarm.awaitAllNodes();
            }
            awaitServers(interlock, NODES);
        }
    }

    @Test
    void aManagersOwnContainersAreServedBesideServicesWithLabelsWithoutBeingTold() throws Exception {
        create(2);
        String ownHost = UniqueHostNames.newHost();
        String own = swarm.engine(0).runSample(ownHost);
        ConfigFileBuilder settings =
                ConfigFileBuilder.inNewFolder().engine("auto", swarm.engine(0).address());
        try (InterlockProcess interlock = InterlockProcess.start(settings)) {
            interlock.awaitThat(
                    "its container is served", () -> interlock.nameAt(ownHost).equals(own));
            awaitServers(interlock, 2);
        }
    }

    private void create(int replicas) throws IOException {
        swarm.createService(
                0, service, "--replicas", Integer.toString(replicas), "--label", "interlock.hostname=" + host);

        swarm.awaitRunning(0, service, replicas);
    }

    private static ConfigFileBuilder swarmMode() throws IOException {
        return ConfigFileBuilder.inNewFolder()
                .engine("swarm", swarm.engine(0).address())
                .with(file -> {
                    ArrayNode managers = file.at("/engines/0/engine")
                            .withObject("")
                            .put("mode", "swarm")
                            .putArray("managers");
                    managers.add(swarm.engine(1).address()).add(swarm.engine(2).address());
                });
    }

    /** Waits until this many tasks take requests, according to Interlock and to the answers. */
    private void awaitServers(InterlockProcess interlock, int count) {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(explained(interlock))
                        .as(interlock.log())
                        .contains("where %1$d of %1$d server".formatted(count)));
        interlock.awaitThat(
                "they answer", () -> namesOf(interlock, 4 * count + 40).size() == count);
    }

    private String explained(InterlockProcess interlock) throws IOException {
        try {
            return new InterlockCommandRunner(interlock.settings())
                    .run("explain", host)
                    .out();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** The containers that answer several requests in a row. */
    private Set<String> namesOf(InterlockProcess interlock) throws IOException {
        return namesOf(interlock, 40);
    }

    private Set<String> namesOf(InterlockProcess interlock, int requests) throws IOException {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < requests; i++) {
            names.add(interlock.nameAt(host));
        }
        return names;
    }
}
