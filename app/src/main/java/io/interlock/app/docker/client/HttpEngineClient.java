package io.interlock.app.docker.client;

import static io.interlock.app.docker.json.JsonSelection.ALL;
import static io.interlock.app.docker.json.JsonSelection.members;

import com.fasterxml.jackson.databind.JsonNode;
import io.interlock.api.sink.ContainerResources;
import io.interlock.app.config.EngineConfig;
import io.interlock.app.docker.client.EngineHttpClient.Timeouts;
import io.interlock.app.docker.image.ImageContentCache;
import io.interlock.app.docker.labels.ContainerTextReader;
import io.interlock.app.docker.location.EngineHost;
import io.interlock.app.docker.location.EngineNetwork;
import io.interlock.app.inventory.FactSelection;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Client of one engine, for its own containers. */
public final class HttpEngineClient implements EngineClient {

    private static final String PODMANS_NETWORKS = "/v4.0.0/libpod/networks/json";

    private final EngineHttpClient http;
    private final ContainerInspectionReader facts;
    private final ImageContentReader imageContent;
    private final Optional<ImageContentCache> images;
    private volatile @Nullable String engineHostName;

    /**
     * @param http closed with this client
     * @param selected labels and variables of containers to keep
     * @param ofHost whether an address can be one of the engine's host
     * @param images the cache of what images bring; empty: nobody wants to know
     */
    public HttpEngineClient(
            EngineHttpClient http,
            String engineId,
            FactSelection selected,
            Predicate<InetAddress> ofHost,
            Optional<ImageContentCache> images) {
        this.http = http;
        this.images = images;
        this.imageContent = new ImageContentReader(new ContainerTextReader(selected));
        this.facts = new ContainerInspectionReader(engineId, selected, ofHost);
    }

    /** Creates a client of an engine whose images nobody wants to know. */
    public HttpEngineClient(
            EngineHttpClient http, String engineId, FactSelection selected, Predicate<InetAddress> ofHost) {
        this(http, engineId, selected, ofHost, Optional.empty());
    }

    /** Creates a client that keeps only Interlock's own labels, with the certificates as they are now. */
    public static HttpEngineClient connect(EngineConfig engine, Timeouts timeouts) throws IOException {
        return new HttpEngineClient(
                EngineHttpClient.connect(engine, timeouts), engine.id(), FactSelection.OWN, any -> true);
    }

    @Override
    public void ping() throws IOException {
        http.ping();
    }

    @Override
    public EventSubscription subscribe() throws IOException {
        EngineEventStream stream = http.events(EngineEventReader.FILTERS, EngineEventReader.SELECTION);
        return new EventSubscription() {
            @Override
            public EngineEvent next() throws IOException {
                return stream.next(EngineEventReader::read);
            }

            @Override
            public void close() {
                stream.close();
            }
        };
    }

    @Override
    public List<String> runningContainers() throws IOException {
        return http.list("list containers", "/containers/json", members(Map.of("Id", ALL)), HttpEngineClient::id);
    }

    private static String id(JsonNode container) {
        String id = container.path("Id").asText("");
        if (!ContainerIdValidator.isValid(id)) {
            throw new IllegalArgumentException("a container of the list has no id");
        }
        return id;
    }

    @Override
    public Optional<ContainerInspection> inspect(String container) throws IOException {
        Optional<JsonNode> json =
                http.find("inspect " + container, "/containers/" + container + "/json", facts.selection());
        try {
            Optional<ContainerInspection> inspection =
                    json.map(HttpEngineClient::wellFormed).map(found -> facts.read(found, this::hostName));
            return inspection.isEmpty() || images.isEmpty()
                    ? inspection
                    : Optional.of(inspection
                            .get()
                            .withFacts(images.get()
                                    .complete(
                                            inspection.get().facts(),
                                            json.get().path("Image").asText(""),
                                            this::contentOfImage)));
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        } catch (IllegalArgumentException malformed) {
            throw new IOException("inspect " + container + ": " + malformed.getMessage(), malformed);
        }
    }

    private Optional<Map<String, String>> contentOfImage(String image) throws IOException {
        try {
            return http.find("inspect image " + image, "/images/" + image + "/json", imageContent.selection())
                    .map(imageContent::read);
        } catch (IOException failed) {
            if (EngineHttpClient.isUnknownOrForbidden(failed)) {
                return Optional.empty();
            }
            throw failed;
        }
    }

    /** An answer that does not say whether the container runs must not count as its end. */
    private static JsonNode wellFormed(JsonNode container) {
        if (!ContainerIdValidator.isValid(container.path("Id").asText(""))
                || !container.path("State").path("Running").isBoolean()) {
            throw new IllegalArgumentException("the answer is not a container");
        }
        return container;
    }

    @Override
    public Optional<List<EngineNetwork>> networks() throws IOException {
        try {
            List<EngineNetwork> dockers =
                    http.list("list networks", "/networks", EngineNetwork.SELECTION, EngineNetwork::read);
            // Podman's own list first, because only it names the interfaces.
            return Optional.of(
                    Stream.concat(podmansNetworks().stream(), dockers.stream()).toList());
        } catch (IOException failed) {
            if (EngineHttpClient.isUnknownOrForbidden(failed)) {
                return Optional.empty();
            }
            throw failed;
        }
    }

    /** Returns Podman's list of its networks. Other engines do not know this request. */
    private List<EngineNetwork> podmansNetworks() throws InterruptedIOException {
        try {
            return http.list(
                    "list Podman's networks",
                    PODMANS_NETWORKS,
                    EngineNetwork.PODMANS_SELECTION,
                    EngineNetwork::readPodman);
        } catch (InterruptedIOException end) {
            throw end;
        } catch (IOException unknown) {
            return List.of();
        }
    }

    @Override
    public EngineHost host() throws InterruptedIOException {
        try {
            return EngineHost.read(http.json("info", "/info", EngineHost.SELECTION));
        } catch (InterruptedIOException end) {
            throw end;
        } catch (IOException unknown) {
            return EngineHost.UNKNOWN;
        }
    }

    @Override
    public SwarmState swarmState() throws IOException {
        try {
            return SwarmState.read(http.json("info", "/info", SwarmState.SELECTION));
        } catch (IOException failed) {
            if (EngineHttpClient.isUnknownOrForbidden(failed)) {
                return SwarmState.NONE;
            }
            throw failed;
        }
    }

    /** Returns the current resource usage of a container. Engines before 20.10 need two seconds for the answer. */
    public ContainerResources resources(String container) throws IOException {
        return ContainerResourcesReader.read(http.json(
                "statistics of " + container, "/containers/" + container + "/stats?stream=false&one-shot=true", ALL));
    }

    private String hostName() {
        String name = engineHostName;
        if (name == null) {
            try {
                name = http.json("info", "/info", members(Map.of("Name", ALL)))
                        .path("Name")
                        .asText();
                engineHostName = name;
            } catch (IOException unknown) {
                throw new UncheckedIOException(unknown);
            }
        }
        return name;
    }

    @Override
    public void close() {
        http.close();
    }
}
