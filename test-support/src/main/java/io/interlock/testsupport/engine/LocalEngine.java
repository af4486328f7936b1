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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The {@link SharedEngine}, seen as a place to start sample containers.
 * Everything that was made here is named after this run and removed by {@link #removeAll()}; nothing else is touched.
 */
public final class LocalEngine implements AutoCloseable {

    private static final String SAMPLE_IMAGE = "interlock/sample";
    private static final String BACKEND_IMAGE = "interlock/backend";
    private static final String RUN_LABEL = "io.interlock.systemtests";
    private static final String RUN = SharedEngine.run();

    private final DockerClient client;
    private final URI address;
    private final List<String> networks = new ArrayList<>();

    private LocalEngine(DockerClient client, URI address) {
        this.client = client;
        this.address = address;
    }

    /**
     * Connects, and makes sure that the sample image is there.
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

    /** Where the engine listens, as in {@code DOCKER_HOST}. */
    public URI address() {
        return address;
    }

    /** A container to be described and started. */
    public SampleContainerBuilder sample() {
        return new SampleContainerBuilder(client, SAMPLE_IMAGE, uniqueName("c"), Map.of(RUN_LABEL, RUN));
    }

    /**
     * A container to be described and started that notes which requests it executes and ends as it is told to; its program,
     * {@code backend.c}, says how.
     */
    public SampleContainerBuilder backend() {
        ensureImage(client, BACKEND_IMAGE, "scripts/backend-image");
        return new SampleContainerBuilder(client, BACKEND_IMAGE, uniqueName("b"), Map.of(RUN_LABEL, RUN));
    }

    /** Containers that differ in nothing but their names, started one after the other. */
    public List<SampleContainer> startMany(int count, String hostname) {
        List<SampleContainer> containers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            containers.add(sample().hostname(hostname).start());
        }
        return containers;
    }

    /** Makes a bridge network and returns its name. */
    public String createNetwork() {
        return created(client.createNetworkCmd().withDriver("bridge"));
    }

    /** Makes a bridge network that nothing leads out of, and returns its name. */
    public String createInternalNetwork() {
        return created(client.createNetworkCmd().withDriver("bridge").withInternal(true));
    }

    /** Makes a macvlan network in that of a link, whose host thus does not reach its containers, and returns its name. */
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

    /** A name that nobody else uses. */
    public static String uniqueName(String kind) {
        return SharedEngine.uniqueName(kind);
    }

    /** Removes what this run made so far. */
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
    }

    private void removeQuietly(String id) {
        try {
            client.removeContainerCmd(id).withForce(true).exec();
        } catch (NotFoundException e) {
            // Somebody was faster, which is all right.
        } catch (DockerException e) {
            // It is being removed already: the engine answers with a conflict.
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
