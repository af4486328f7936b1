package io.interlock.app.docker.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import io.interlock.api.sink.ContainerResources;
import io.interlock.app.config.EngineConfig;
import io.interlock.app.docker.client.EngineHttpClient.Timeouts;
import io.interlock.app.docker.image.ImageContentCache;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Client of one engine, for its own containers. */
public final class DockerJavaEngineClient implements EngineClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SHORT_ID = 12;
    private static final String PODMANS_NETWORKS = "/v4.0.0/libpod/networks/json";

    private final EngineHttpClient http;
    private final ContainerInspectionReader facts;
    private final Optional<ImageContentCache> images;
    private volatile @Nullable String engineHostName;

    /**
     * @param http closed with this client
     * @param moreLabels labels of containers to keep in addition to Interlock's own
     * @param images the cache of what images bring; empty: nobody wants to know
     */
    public DockerJavaEngineClient(
            EngineHttpClient http, String engineId, Set<String> moreLabels, Optional<ImageContentCache> images) {
        this.http = http;
        this.images = images;
        this.facts = new ContainerInspectionReader(engineId, moreLabels);
    }

    /** Creates a client that keeps only Interlock's own labels, with the certificates as they are now. */
    public static DockerJavaEngineClient connect(EngineConfig engine, Timeouts timeouts) throws IOException {
        return new DockerJavaEngineClient(
                EngineHttpClient.connect(engine, timeouts), engine.id(), Set.of(), Optional.empty());
    }

    @Override
    public void ping() throws IOException {
        http.ping();
    }

    @Override
    public EventSubscription subscribe() throws IOException {
        EngineEventStream stream = http.events(EngineEventReader.FILTERS);
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
        return http.get("list containers", "/containers/json", DockerJavaEngineClient::ids);
    }

    private static List<String> ids(Response answer) throws IOException {
        List<String> ids = new ArrayList<>();
        try (JsonParser json = JSON.createParser(answer.getBody())) {
            if (json.nextToken() != JsonToken.START_ARRAY) {
                throw new IOException("the engine's list of containers is not a JSON array");
            }
            while (json.nextToken() == JsonToken.START_OBJECT) {
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    String field = json.currentName();
                    json.nextToken();
                    if ("Id".equals(field) && ContainerIdValidator.isValid(json.getText())) {
                        ids.add(json.getText());
                    }
                    json.skipChildren();
                }
            }
            // A list that ends early must not pass for a shorter list, because the missing containers would be dropped.
            if (json.currentToken() != JsonToken.END_ARRAY) {
                throw new IOException(
                        "the engine's list of containers contains something else than objects: " + json.currentToken());
            }
        }
        return ids;
    }

    @Override
    public Optional<ContainerInspection> inspect(String container) throws IOException {
        Optional<JsonNode> json = http.find("inspect " + container, "/containers/" + container + "/json");
        try {
            Optional<ContainerInspection> inspection = json.map(found -> facts.read(found, this::hostName));
            return inspection.isEmpty() || images.isEmpty()
                    ? inspection
                    : Optional.of(inspection
                            .get()
                            .with(images.get()
                                    .complete(
                                            inspection.get().facts(),
                                            json.get().path("Image").asText(""),
                                            this::contentOfImage)));
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
    }

    private Optional<Map<String, String>> contentOfImage(String image) throws IOException {
        try {
            return http.find("inspect image " + image, "/images/" + image + "/json")
                    .map(found -> facts.contentOfImage(found.path("Config")));
        } catch (IOException failed) {
            if (EngineHttpClient.isUnknownOrForbidden(failed)) {
                return Optional.empty();
            }
            throw failed;
        }
    }

    @Override
    public List<String> bridgeInterfaces() throws IOException {
        Stream<String> named = http.json("list networks", "/networks")
                .valueStream()
                .filter(network -> "bridge".equals(network.path("Driver").asText("")))
                .map(DockerJavaEngineClient::bridgeInterface);
        return Stream.concat(named, podmansInterfaces().stream()).toList();
    }

    /**
     * Returns the names of Podman's bridge interfaces, which Podman's implementation of the engine API does not report.
     * Other engines do not know this request.
     */
    private List<String> podmansInterfaces() {
        try {
            return http.find("list Podman's networks", PODMANS_NETWORKS)
                    .map(networks -> networks.valueStream()
                            .map(network -> network.path("network_interface").asText(""))
                            .toList())
                    .orElse(List.of());
        } catch (IOException unknown) {
            return List.of();
        }
    }

    /**
     * Returns the name of the interface, which the engine derives from the network's id unless a name is configured.
     */
    private static String bridgeInterface(JsonNode network) {
        String id = network.path("Id").asText("");
        String derived = "br-" + id.substring(0, Math.min(SHORT_ID, id.length()));
        return network.path("Options").path("com.docker.network.bridge.name").asText(derived);
    }

    @Override
    public SwarmState swarmState() throws IOException {
        try {
            return SwarmState.read(http.json("info", "/info"));
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
                "statistics of " + container, "/containers/" + container + "/stats?stream=false&one-shot=true"));
    }

    private String hostName() {
        String name = engineHostName;
        if (name == null) {
            try {
                name = http.json("info", "/info").path("Name").asText();
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
