package io.interlock.testsupport.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.Frame;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Sample container on the engine. Every call returns when the engine has completed it. */
public final class SampleContainer {

    private static final int STOP_SECONDS = 10;

    private final DockerClient client;
    private final String id;
    private final String name;

    SampleContainer(DockerClient client, String id, String name) {
        this.client = client;
        this.id = id;
        this.name = name;
    }

    public String id() {
        return id;
    }

    /** Returns its name at creation, which its page {@code /name} always shows. */
    public String name() {
        return name;
    }

    public void start() {
        client.startContainerCmd(id).exec();
    }

    /** Sends SIGTERM, at which the sample server ends at once. */
    public void stop() {
        client.stopContainerCmd(id).withTimeout(STOP_SECONDS).exec();
    }

    /** Sends SIGKILL. */
    public void kill() {
        client.killContainerCmd(id).exec();
    }

    public void restart() {
        client.restartContainerCmd(id).withTimeout(STOP_SECONDS).exec();
    }

    public void pause() {
        client.pauseContainerCmd(id).exec();
    }

    public void unpause() {
        client.unpauseContainerCmd(id).exec();
    }

    public void rename(String newName) {
        client.renameContainerCmd(id).withName(newName).exec();
    }

    public void updateCpuShares(int shares) {
        client.updateContainerCmd(id).withCpuShares(shares).exec();
    }

    public void connect(String network) {
        client.connectToNetworkCmd().withContainerId(id).withNetworkId(network).exec();
    }

    public void disconnect(String network) {
        client.disconnectFromNetworkCmd()
                .withContainerId(id)
                .withNetworkId(network)
                .exec();
    }

    public void remove() {
        client.removeContainerCmd(id).withForce(true).exec();
    }

    /** Returns its address in its only network. */
    public String address() {
        return inspect().getNetworkSettings().getNetworks().values().stream()
                .map(ContainerNetwork::getIpAddress)
                .findFirst()
                .orElseThrow();
    }

    /** Returns a small text file of the container, running or not. */
    public String file(String path) throws IOException {
        try (InputStream archive = client.copyArchiveFromContainerCmd(id, path).exec();
                TarArchiveInputStream entries = new TarArchiveInputStream(archive)) {
            entries.getNextEntry();
            return new String(entries.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Returns the state of its HEALTHCHECK according to the engine. */
    public String health() {
        return inspect().getState().getHealth().getStatus();
    }

    /** Runs a shell command in it, which must succeed, and waits for the end. */
    public void run(String shellCommand) {
        String exec = client.execCreateCmd(id)
                .withCmd("sh", "-c", shellCommand)
                .withAttachStdout(true)
                .withAttachStderr(true)
                .exec()
                .getId();
        try {
            client.execStartCmd(exec).exec(new ResultCallback.Adapter<Frame>()).awaitCompletion();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a command ran in " + name, e);
        }
        Long exitCode = client.inspectExecCmd(exec).exec().getExitCodeLong();
        if (exitCode == null || exitCode != 0) {
            throw new IllegalStateException(name + ": exit code " + exitCode + " of: " + shellCommand);
        }
    }

    private InspectContainerResponse inspect() {
        return client.inspectContainerCmd(id).exec();
    }

    @Override
    public String toString() {
        return name;
    }
}
