package io.interlock.testsupport.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateNetworkCmd;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Network;
import io.interlock.testsupport.process.DistributionFiles;
import io.interlock.testsupport.process.SystemProcesses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@link SharedEngine} on which tests start sample containers. Everything that is created here is named after this run
 * and removed by {@link #removeAll()}; nothing else is touched.
 */
public final class LocalEngine implements AutoCloseable {

    private static final String SAMPLE_IMAGE = "interlock/sample";
    private static final String BACKEND_IMAGE = "interlock/backend";
    private static final String RUN_LABEL = "io.interlock.systemtests";
    private static final String RUN = SharedEngine.run();

    private final DockerClient client;
    private final URI address;
    private final List<String> networks = new ArrayList<>();
    private final List<String> images = new ArrayList<>();

    private LocalEngine(DockerClient client, URI address) {
        this.client = client;
        this.address = address;
    }

    /**
     * Connects, and makes sure that the sample image exists.
     *
     * @throws IllegalStateException if no engine answers; the message says how to get one
     */
    public static LocalEngine connect() {
        SharedEngine engine = SharedEngine.connect();
        ensureImage(engine.client(), SAMPLE_IMAGE, "scripts/sample-image");
        return new LocalEngine(engine.client(), engine.address());
    }

    private static void ensureImage(DockerClient client, String image, String script) {
        try {
            client.inspectImageCmd(image).exec();
        } catch (NotFoundException e) {
            try {
                SystemProcesses.run(DistributionFiles.projectFile(script).toString());
            } catch (IOException cause) {
                throw new UncheckedIOException(script + " could not make the image " + image, cause);
            }
        }
    }

    /** Returns the address of the engine, as in {@code DOCKER_HOST}. */
    public URI address() {
        return address;
    }

    /** Returns a builder of a sample container. */
    public SampleContainerBuilder sample() {
        return new SampleContainerBuilder(client, SAMPLE_IMAGE, uniqueName("c"), Map.of(RUN_LABEL, RUN));
    }

    /** Returns a builder of a sample container from an image of {@link #buildImage}. */
    public SampleContainerBuilder sample(String image) {
        return new SampleContainerBuilder(client, image, uniqueName("i"), Map.of(RUN_LABEL, RUN));
    }

    /** Builds an image from the sample image and further instructions of a Dockerfile, and returns its id. */
    public String buildImage(String... instructions) throws IOException {
        Path folder = Files.createTempDirectory("interlock-image");
        Path dockerfile = folder.resolve("Dockerfile");
        try {
            Files.writeString(dockerfile, "FROM " + SAMPLE_IMAGE + "\n" + String.join("\n", instructions) + "\n");
            String id = client.buildImageCmd(dockerfile.toFile()).start().awaitImageId();
            images.add(id);
            return id;
        } finally {
            Files.deleteIfExists(dockerfile);
            Files.delete(folder);
        }
    }

    /**
     * Returns a builder of a container that records which requests it executes and ends as configured;
     * {@code backend.c}, its program, describes how.
     */
    public SampleContainerBuilder backend() {
        ensureImage(client, BACKEND_IMAGE, "scripts/backend-image");
        return new SampleContainerBuilder(client, BACKEND_IMAGE, uniqueName("b"), Map.of(RUN_LABEL, RUN));
    }

    /** Starts containers that differ only in their names, one after the other. */
    public List<SampleContainer> startMany(int count, String hostname) {
        List<SampleContainer> containers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            containers.add(sample().hostname(hostname).start());
        }
        return containers;
    }

    /** Creates a bridge network and returns its name. */
    public String createNetwork() {
        return created(client.createNetworkCmd().withDriver("bridge"));
    }

    /** Creates a bridge network without access to other networks, and returns its name. */
    public String createInternalNetwork() {
        return created(client.createNetworkCmd().withDriver("bridge").withInternal(true));
    }

    /**
     * Creates a macvlan network on a parent device, so that this host does not reach its containers, and returns its
     * name.
     */
    public String createMacvlan(ParentNetworkDevice link) {
        return created(client.createNetworkCmd()
                .withDriver("macvlan")
                .withOptions(Map.of("parent", link.name()))
                .withIpam(new Network.Ipam()
                        .withConfig(new Network.Ipam.Config()
                                .withSubnet(link.subnet())
                                .withGateway(link.gateway()))));
    }

    private String created(CreateNetworkCmd command) {
        String name = uniqueName("net");
        command.withName(name).withLabels(Map.of(RUN_LABEL, RUN)).exec();
        networks.add(name);
        return name;
    }

    /** Returns a unique name. */
    public static String uniqueName(String kind) {
        return SharedEngine.uniqueName(kind);
    }

    /** Removes everything that this run has created so far. */
    public void removeAll() {
        for (Container container : client.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(Map.of(RUN_LABEL, RUN))
                .exec()) {
            removeQuietly(container.getId());
        }
        for (String network : networks) {
            client.removeNetworkCmd(network).exec();
        }
        networks.clear();
        images.forEach(image -> client.removeImageCmd(image).withForce(true).exec());
        images.clear();
    }

    private void removeQuietly(String id) {
        try {
            client.removeContainerCmd(id).withForce(true).exec();
        } catch (NotFoundException e) {
            // Another thread or process removed it first.
        } catch (DockerException e) {
            // The engine answers with a conflict if it is already being removed.
            if (e.getHttpStatus() != 409) {
                throw e;
            }
        }
    }

    @Override
    public void close() {
        removeAll();
    }
}
