package io.interlock.systemtests.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.systemtests.support.TestPreconditions;
import io.interlock.testsupport.distribution.ConfigFileBuilder;
import io.interlock.testsupport.distribution.InterlockCommandRunner;
import io.interlock.testsupport.distribution.InterlockProcess;
import io.interlock.testsupport.engine.ImpostorServer;
import io.interlock.testsupport.engine.LocalEngine;
import io.interlock.testsupport.engine.NamespaceEngine;
import io.interlock.testsupport.engine.RootlessEngine;
import io.interlock.testsupport.engine.SampleContainer;
import io.interlock.testsupport.engine.SubnetAllocator;
import io.interlock.testsupport.engine.UniqueHostNames;
import io.interlock.testsupport.network.HttpLoadClient;
import io.interlock.testsupport.network.HttpLoadResult;
import io.interlock.testsupport.network.PortAllocator;
import io.interlock.testsupport.process.SystemProcesses;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Tests networks of containers in which this host is not, although an address or a socket looks as if it were: a
 * stranger at the same address never gets a request.
 */
@Timeout(180)
@Tag("engine")
class SeparateNetworksIT {

    private static final int SUBNETS = 236;

    private final String host = UniqueHostNames.newHost();
    private final String prefix = subnet();
    private final String device = "il" + ProcessHandle.current().pid() % 100_000 + "i" + prefix.split("\\.")[2];

    @Test
    void aStrangerAtTheAddressOfAContainerInAnotherNamespaceGetsNothing() throws Exception {
        try (NamespaceEngine own = NamespaceEngine.start();
                ImpostorServer impostor = ImpostorServer.start(device, prefix + "1", prefix + "2")) {
            String name = runAtTheSameAddress(own);
            try (InterlockProcess interlock =
                    start(ConfigFileBuilder.inNewFolder().engine("own", "unix://" + own.socket()))) {
                interlock.awaitLogged(name, "network namespace", "published_address");
                assertThat(interlock.get(host, "/name").status()).isEqualTo(503);
            }
            try (InterlockProcess interlock = start(ConfigFileBuilder.inNewFolder()
                    .engine(
                            "own",
                            "unix://" + own.socket(),
                            entry -> entry.withObject("/engine").put("published_address", own.ip())))) {
                interlock.awaitThat(
                        "it is served at its published port",
                        () -> interlock.nameAt(host).equals(name));
            }
            assertThat(impostor.requests()).isZero();
        }
    }

    @Test
    void routedNetworksOfAnotherHostAreReachedAtTheirAddresses() throws Exception {
        try (NamespaceEngine own = NamespaceEngine.start()) {
            String name = runAtTheSameAddress(own);
            SystemProcesses.run("ip", "route", "add", prefix + "0/24", "via", own.ip());
            try (InterlockProcess interlock = start(ConfigFileBuilder.inNewFolder()
                    .engine(
                            "own",
                            own.address(),
                            entry -> entry.withObject("/engine")
                                    .putArray("routed_networks")
                                    .add(prefix + "0/24")))) {
                interlock.awaitThat("it is served", () -> interlock.nameAt(host).equals(name));
                assertThat(interlock.serversOf(host))
                        .singleElement()
                        .satisfies(server -> assertThat(
                                        server.at("/server/address").asText())
                                .isEqualTo(prefix + "2"));
            }
        }
    }

    @Test
    void anIsolatedNetworkIsToldAndAStrangerAtTheAddressGetsNothing() throws Exception {
        try (LocalEngine engine = LocalEngine.connect();
                InterlockProcess interlock = start(ConfigFileBuilder.inNewFolder()
                        .engine("local", engine.address().toString()))) {
            String network = LocalEngine.uniqueName("isolated");
            docker("network", "create", "--subnet", prefix + "0/24", network);
            try {
                String id =
                        docker("network", "inspect", "-f", "{{.Id}}", network).strip();
                // What gateway_mode_ipv4=isolated does; engines before version 28 lack it.
                SystemProcesses.run("ip", "addr", "flush", "dev", "br-" + id.substring(0, 12));
                try (ImpostorServer impostor = ImpostorServer.start(device, prefix + "1", prefix + "2")) {
                    SampleContainer container =
                            engine.sample().hostname(host).network(network).start();
                    assertThat(container.address()).isEqualTo(prefix + "2");
                    interlock.awaitLogged(container.name(), "isolated", "publish the port");
                    assertThat(interlock.get(host, "/name").status()).isEqualTo(503);

                    container.connect(engine.createNetwork());
                    interlock.awaitServedBy(container, host);
                    assertThat(impostor.requests()).isZero();
                }
            } finally {
                engine.removeAll();
                docker("network", "rm", network);
            }
        }
    }

    @Test
    void joiningAnotherNetworkCostsNoRequestAndTheFindingNamesTheNetworkInUse() throws Exception {
        try (LocalEngine engine = LocalEngine.connect();
                InterlockProcess interlock = start(ConfigFileBuilder.inNewFolder()
                        .engine("local", engine.address().toString()))) {
            SampleContainer container = engine.sample().hostname(host).start();
            interlock.awaitServedBy(container, host);
            String network = "aaa-" + LocalEngine.uniqueName("net");
            docker("network", "create", "--subnet", prefix + "0/24", network);
            try (HttpLoadClient load = HttpLoadClient.onFreshConnections(2, interlock.port(), host)) {
                container.connect(network);
                interlock.awaitThat(
                        "the finding says why",
                        () -> explain(interlock, container.name())
                                .contains("is used, because the container joined it first"));
                HttpLoadResult result = load.stop();
                assertThat(result.isFlawless()).as(result.toString()).isTrue();
            } finally {
                engine.removeAll();
                docker("network", "rm", network);
            }
        }
    }

    @Test
    void aRootlessEngineBesideARootfulOneIsServedAtItsPublishedPorts() throws Exception {
        TestPreconditions.abortIfPresent(RootlessEngine.obstacle(), "rootless Docker");
        String silent = UniqueHostNames.newHost();
        int port = PortAllocator.next();
        try (LocalEngine engine = LocalEngine.connect();
                RootlessEngine rootless = RootlessEngine.start()) {
            // Both engines give their containers the same addresses.
            String rootfulHost = UniqueHostNames.newHost();
            List<SampleContainer> rootful = engine.startMany(3, rootfulHost);
            rootless.docker(
                    "run",
                    "-d",
                    "--name",
                    "one",
                    "-h",
                    host,
                    "-e",
                    "NAME=one",
                    "-p",
                    port + ":8080",
                    "interlock/sample");
            rootless.docker("run", "-d", "--name", "two", "-h", silent, "-e", "NAME=two", "interlock/sample");

            try (InterlockProcess interlock = start(ConfigFileBuilder.inNewFolder()
                    .engine("rootless", rootless.address())
                    .engine("local", engine.address().toString()))) {
                interlock.awaitThat("it is served", () -> interlock.nameAt(host).equals("one"));
                interlock.awaitLogged("two", "the engine is rootless", "docker run -p");
                assertThat(interlock.get(silent, "/name").status()).isEqualTo(503);
                rootful.forEach(container -> interlock.awaitServedBy(container, rootfulHost));
            }
        }
    }

    /** Runs a container in a network that has the same interface and range there as the impostor has here. */
    private String runAtTheSameAddress(NamespaceEngine own) throws IOException {
        String name = LocalEngine.uniqueName("own");
        own.docker(
                "network",
                "create",
                "--subnet",
                prefix + "0/24",
                "-o",
                "com.docker.network.bridge.name=" + device,
                "same");
        own.docker(
                "run",
                "-d",
                "--name",
                name,
                "-h",
                host,
                "--network",
                "same",
                "--ip",
                prefix + "2",
                "-P",
                "-e",
                "NAME=" + name,
                "interlock/sample");
        return name;
    }

    private static InterlockProcess start(ConfigFileBuilder settings) throws IOException {
        return InterlockProcess.start(settings).awaitReady();
    }

    private static String explain(InterlockProcess interlock, String name) throws IOException {
        try {
            return new InterlockCommandRunner(interlock.settings())
                    .run("explain", name)
                    .out();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static String docker(String... arguments) throws IOException {
        String[] command = new String[arguments.length + 1];
        command[0] = "docker";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return SystemProcesses.run(command);
    }

    private static String subnet() {
        try {
            return SubnetAllocator.free(SUBNETS);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
