package io.interlock.testsupport.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HealthCheck;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Builder of a sample container. The container's page {@code /name} shows its name. */
public final class SampleContainerBuilder {

    private static final int DEFAULT_PORT = 8080;

    private final DockerClient client;
    private String name;
    private final Map<String, String> labels = new HashMap<>();
    private final List<String> environment = new ArrayList<>();
    private final List<ExposedPort> exposed = new ArrayList<>();
    private final HostConfig host = HostConfig.newHostConfig();
    private final CreateContainerCmd create;

    SampleContainerBuilder(DockerClient client, String image, String name, Map<String, String> labels) {
        this.client = client;
        this.name = name;
        this.labels.putAll(labels);
        this.create = client.createContainerCmd(image);
    }

    /** Sets the name, as in {@code docker run --name}; the default is a unique name without a meaning. */
    public SampleContainerBuilder named(String newName) {
        name = newName;
        return this;
    }

    public SampleContainerBuilder hostname(String hostname) {
        create.withHostName(hostname);
        return this;
    }

    public SampleContainerBuilder domainname(String domainname) {
        create.withDomainName(domainname);
        return this;
    }

    /** Sets the value of {@code INTERLOCK_DATA}, unchanged. */
    public SampleContainerBuilder data(String interlockData) {
        return environment("INTERLOCK_DATA", interlockData);
    }

    public SampleContainerBuilder environment(String variable, String value) {
        environment.add(variable + "=" + value);
        return this;
    }

    public SampleContainerBuilder label(String label, String value) {
        labels.put(label, value);
        return this;
    }

    /** Sets the port at which its process listens; the engine does not learn of it. */
    public SampleContainerBuilder listensOn(int port) {
        return environment("PORT", Integer.toString(port));
    }

    /** Sets how long after its start it begins to listen. */
    public SampleContainerBuilder listensAfterSeconds(double seconds) {
        return environment("DELAY", Double.toString(seconds));
    }

    /** Exposes a port in addition to the image's 8080. */
    public SampleContainerBuilder exposes(int port) {
        exposed.add(ExposedPort.tcp(port));
        return this;
    }

    /** Publishes its port 8080 on this host. */
    public SampleContainerBuilder publishedOn(int hostPort) {
        return publishedOn("0.0.0.0", hostPort);
    }

    /** Publishes its port 8080 on an address of this host. */
    public SampleContainerBuilder publishedOn(String hostAddress, int hostPort) {
        host.withPortBindings(new PortBinding(
                new Ports.Binding(hostAddress, Integer.toString(hostPort)), ExposedPort.tcp(DEFAULT_PORT)));
        return this;
    }

    /** Sets its network: a name, {@code host} or {@code none}. */
    public SampleContainerBuilder network(String network) {
        host.withNetworkMode(network);
        return this;
    }

    /** Sets a HEALTHCHECK that succeeds if the command succeeds; runs every second. */
    public SampleContainerBuilder healthyIf(String shellCommand) {
        long second = 1_000_000_000L;
        create.withHealthcheck(new HealthCheck()
                .withTest(List.of("CMD-SHELL", shellCommand))
                .withInterval(second)
                .withTimeout(second)
                .withRetries(1));
        return this;
    }

    /** Sets a command that it runs instead of the sample server. */
    public SampleContainerBuilder command(String... command) {
        create.withCmd(command);
        return this;
    }

    /** Creates it without starting it. */
    public SampleContainer create() {
        List<String> all = new ArrayList<>(environment);
        all.add("NAME=" + name);
        exposed.add(ExposedPort.tcp(DEFAULT_PORT));
        String id = create.withName(name)
                .withLabels(labels)
                .withEnv(all)
                .withExposedPorts(exposed)
                .withHostConfig(host)
                .exec()
                .getId();
        return new SampleContainer(client, id, name);
    }

    /** Creates and starts it; returns when the engine reports that it runs, which is before it listens. */
    public SampleContainer start() {
        SampleContainer container = create();
        container.start();
        return container;
    }
}
