package io.interlock.testsupport.engine;

import static org.awaitility.Awaitility.await;

import io.interlock.testsupport.process.SystemProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Real swarm of one test: engines on hosts of their own in one network, all of them managers. */
public final class NamespaceSwarm implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final NetworkSegment segment;
    private final List<NamespaceEngine> engines = new ArrayList<>();

    private NamespaceSwarm(NetworkSegment segment) {
        this.segment = segment;
    }

    /** Starts a swarm with this many nodes. */
    public static NamespaceSwarm start(int nodes) throws IOException {
        NamespaceSwarm swarm = new NamespaceSwarm(NetworkSegment.create());
        for (int i = 0; i < nodes; i++) {
            swarm.engines.add(NamespaceEngine.startIn(swarm.segment, i));
        }
        NamespaceEngine first = swarm.engine(0);
        first.docker("swarm", "init", "--advertise-addr", first.ip());
        String token = first.docker("swarm", "join-token", "-q", "manager").strip();
        for (NamespaceEngine other : swarm.engines.subList(1, nodes)) {
            other.docker("swarm", "join", "--token", token, first.ip() + ":2377");
        }
        return swarm;
    }

    /** Returns the engine of a node, from 0. */
    public NamespaceEngine engine(int node) {
        return engines.get(node);
    }

    /** Returns the engines of all nodes. */
    public List<NamespaceEngine> engines() {
        return List.copyOf(engines);
    }

    /** Returns the engine of the leading manager. */
    public NamespaceEngine leader() throws IOException {
        for (NamespaceEngine engine : engines) {
            if (engine.docker("node", "inspect", "self", "--format", "{{.ManagerStatus.Leader}}")
                    .strip()
                    .equals("true")) {
                return engine;
            }
        }
        throw new IOException("no manager leads");
    }

    /** Copies an image of this host's engine to all nodes. */
    public void load(String image) throws IOException {
        for (NamespaceEngine engine : engines) {
            SystemProcesses.run("sh", "-c", "docker save " + image + " | docker -H " + engine.address() + " load");
        }
    }

    /**
     * Returns a path that a task can mount to get the socket of its node; the id of the node is a part of it.
     *
     * @param folder folder in which links to the sockets are created
     */
    public String socketOfTheNode(Path folder) throws IOException {
        for (NamespaceEngine engine : engines) {
            String id = engine.docker("info", "--format", "{{.Swarm.NodeID}}").strip();
            Files.createSymbolicLink(folder.resolve(id + ".sock"), engine.socket());
        }
        return folder + "/{{.Node.ID}}.sock";
    }

    /** Deploys a stack at the first node. */
    public void deploy(Path file, String stack, Map<String, String> environment) throws IOException {
        ProcessBuilder docker = new ProcessBuilder(
                "docker",
                "-H",
                engine(0).address(),
                "stack",
                "deploy",
                "--resolve-image",
                "never",
                "-c",
                file.toString(),
                stack);
        docker.environment().putAll(environment);
        SystemProcesses.Outcome outcome = SystemProcesses.outcomeOf(docker);
        if (outcome.exitCode() != 0) {
            throw new IOException("docker stack deploy failed: " + outcome.output());
        }
    }

    /**
     * Creates a service of sample containers, each published on a port of its node.
     *
     * @param node the node whose engine is asked
     * @param more further options of {@code docker service create}
     */
    public void createService(int node, String name, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "service",
                "create",
                "--detach",
                "--no-resolve-image",
                "--name",
                name,
                "--endpoint-mode",
                "dnsrr",
                "--publish",
                "mode=host,target=8080"));
        command.addAll(List.of(more));
        command.add("interlock/sample");
        engine(node).docker(command.toArray(String[]::new));
    }

    /** Waits until this many tasks of a service run, according to the engine of a node. */
    public void awaitRunning(int node, String service, int count) {
        await(count + " tasks of " + service + " run").atMost(LIMIT).until(() -> running(node, service) == count);
    }

    private long running(int node, String service) throws IOException {
        return engine(node)
                .docker("service", "ps", service, "-f", "desired-state=running", "--format", "{{.CurrentState}}")
                .lines()
                .filter(state -> state.startsWith("Running"))
                .count();
    }

    /** Waits until all nodes have joined and one of them leads. */
    public void awaitAllNodes() {
        await("the swarm is whole").atMost(LIMIT).until(() -> engines.stream().allMatch(this::seesAll));
    }

    /** Waits until the manager of a node knows the leader; earlier it rejects all changes. */
    public void awaitLeader(int node) {
        await("the swarm has a leader").atMost(LIMIT).until(() -> knowsLeader(engine(node)));
    }

    private static boolean knowsLeader(NamespaceEngine engine) {
        try {
            return engine.docker("node", "ls", "--format", "{{.ManagerStatus}}")
                    .lines()
                    .anyMatch("Leader"::equals);
        } catch (IOException notYet) {
            return false;
        }
    }

    private boolean seesAll(NamespaceEngine engine) {
        try {
            List<String> nodes = engine.docker("node", "ls", "--format", "{{.Status}} {{.ManagerStatus}}")
                    .lines()
                    .toList();
            return nodes.stream().filter("Ready Reachable"::equals).count() == engines.size() - 1
                    && nodes.contains("Ready Leader");
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Disconnects a node from all others, or connects it again. */
    public void connect(int node, boolean connected) throws IOException {
        segment.connect(node, connected);
    }

    @Override
    public void close() throws IOException {
        for (NamespaceEngine engine : engines) {
            engine.ensureRunning();
            engine.docker("swarm", "leave", "--force");
        }
        for (NamespaceEngine engine : engines) {
            engine.close();
        }
        segment.close();
    }
}
