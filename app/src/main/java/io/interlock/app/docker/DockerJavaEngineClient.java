package io.interlock.app.docker;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import io.interlock.api.sink.ContainerResources;
import io.interlock.app.config.EngineConfig;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An engine over docker-java's HTTP transport. The few answers that are needed are read with Jackson directly:
 * docker-java's own model of an inspected container is large, slow to load, and lacks fields.
 */
final class DockerJavaEngineClient implements EngineClient {

    private static final Logger log = LoggerFactory.getLogger(DockerJavaEngineClient.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int NOT_FOUND = 404;
    private static final int FIRST_ERROR = 300;
    private static final int SHORT_ID = 12;
    private static final int MAX_CONNECTIONS = 64;

    private final DockerHttpClient http;
    private final FactsReader facts;
    private final Timeouts timeouts;
    private volatile @Nullable String engineHostName;

    /**
     * How long calls may take.
     *
     * @param connect to connect; more than 0
     * @param ping for a ping's answer; more than 0
     * @param answer for any other answer, or the beginning of an endless one; more than 0
     */
    record Timeouts(Duration connect, Duration ping, Duration answer) {
        static final Timeouts DEFAULT =
                new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(3), Duration.ofSeconds(20));
    }

    private DockerJavaEngineClient(DockerHttpClient http, String engineId, Set<String> moreLabels, Timeouts timeouts) {
        this.http = http;
        this.facts = new FactsReader(engineId, moreLabels);
        this.timeouts = timeouts;
    }

    /** One that keeps no labels but ours. */
    static DockerJavaEngineClient connect(EngineConfig engine, Timeouts timeouts) throws IOException {
        return connect(engine, Set.of(), timeouts);
    }

    /**
     * A new client of this engine, with the certificates as they are now.
     *
     * @param moreLabels labels of containers to be kept besides those that are ours
     */
    static DockerJavaEngineClient connect(EngineConfig engine, Set<String> moreLabels, Timeouts timeouts)
            throws IOException {
        EngineAddress address = EngineAddress.of(engine);
        if (address.isUnixSocket()) {
            SocketAccess.check(Path.of(address.uri().getPath()), new OwnContainer(Path.of("/")).isInContainer());
        }
        ApacheDockerHttpClient.Builder http = new ApacheDockerHttpClient.Builder()
                .dockerHost(address.uri())
                .maxConnections(MAX_CONNECTIONS)
                .connectionTimeout(timeouts.connect());
        if (address.tls()) {
            SSLContext context = EngineTls.context(engine);
            http.sslConfig(() -> context);
        }
        return new DockerJavaEngineClient(http.build(), engine.id(), moreLabels, timeouts);
    }

    @Override
    public void ping() throws IOException {
        Deadline.call("ping", timeouts.ping(), () -> {
            try (Response answer = get("/_ping")) {
                return answer.getBody().readAllBytes();
            }
        });
    }

    @Override
    public Events subscribe() throws IOException {
        return Deadline.call("subscribe to events", timeouts.answer(), () -> {
            return new Stream(get("/events?filters=" + encode(EventReader.FILTERS) + since()));
        });
    }

    /**
     * The engine answers before it has subscribed, so what happens at that moment would be lost; it keeps its latest
     * events, and those since a time of its own clock fill the gap.
     */
    private String since() throws IOException {
        try (Response answer = get("/_ping")) {
            String date = answer.getHeader("Date");
            return "&since="
                    + ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toEpochSecond();
        } catch (DateTimeException | NullPointerException unknown) {
            return "";
        }
    }

    @Override
    public List<String> runningContainers() throws IOException {
        return Deadline.call("list containers", timeouts.answer(), () -> {
            try (Response answer = get("/containers/json");
                    JsonParser json = JSON.createParser(answer.getBody())) {
                return ids(json);
            }
        });
    }

    private static List<String> ids(JsonParser json) throws IOException {
        List<String> ids = new ArrayList<>();
        if (json.nextToken() != JsonToken.START_ARRAY) {
            throw new IOException("the engine's list of containers is not a JSON array");
        }
        while (json.nextToken() == JsonToken.START_OBJECT) {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                if ("Id".equals(field) && ContainerIds.isValid(json.getText())) {
                    ids.add(json.getText());
                }
                json.skipChildren();
            }
        }
        return ids;
    }

    @Override
    public Optional<Inspection> inspect(String container) throws IOException {
        Optional<JsonNode> json = Deadline.call("inspect " + container, timeouts.answer(), () -> {
            try (Response answer = http.execute(request("/containers/" + container + "/json"))) {
                return answer.getStatusCode() == NOT_FOUND
                        ? Optional.empty()
                        : Optional.of(JSON.readTree(checked(answer).getBody()));
            }
        });
        try {
            return json.map(found -> facts.read(found, this::hostName));
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
    }

    @Override
    public List<String> bridgeInterfaces() throws IOException {
        return Deadline.call("list networks", timeouts.answer(), () -> {
            try (Response answer = get("/networks")) {
                return JSON.readTree(answer.getBody())
                        .valueStream()
                        .filter(network ->
                                "bridge".equals(network.path("Driver").asText("")))
                        .map(DockerJavaEngineClient::bridgeInterface)
                        .toList();
            }
        });
    }

    /** An engine names the interface after the network's id, unless told a name. */
    private static String bridgeInterface(JsonNode network) {
        String id = network.path("Id").asText("");
        String derived = "br-" + id.substring(0, Math.min(SHORT_ID, id.length()));
        return network.path("Options").path("com.docker.network.bridge.name").asText(derived);
    }

    /** What a container uses now. Engines before 20.10 take two seconds for that. */
    ContainerResources resources(String container) throws IOException {
        return Deadline.call("statistics of " + container, timeouts.answer(), () -> {
            try (Response answer = get("/containers/" + container + "/stats?stream=false&one-shot=true")) {
                return ResourcesReader.read(JSON.readTree(answer.getBody()));
            }
        });
    }

    private String hostName() {
        String name = engineHostName;
        if (name == null) {
            try {
                name = Deadline.call("info", timeouts.answer(), () -> {
                    try (Response answer = get("/info")) {
                        return JSON.readTree(answer.getBody()).path("Name").asText();
                    }
                });
                engineHostName = name;
            } catch (IOException unknown) {
                throw new UncheckedIOException(unknown);
            }
        }
        return name;
    }

    private Response get(String path) throws IOException {
        return checked(http.execute(request(path)));
    }

    private static Request request(String path) {
        return Request.builder().method(Request.Method.GET).path(path).build();
    }

    private static Response checked(Response answer) throws IOException {
        if (answer.getStatusCode() < FIRST_ERROR) {
            return answer;
        }
        try (answer) {
            throw new IOException("the engine answered " + answer.getStatusCode() + " "
                    + new String(answer.getBody().readNBytes(200), StandardCharsets.UTF_8));
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            http.close();
        } catch (IOException ignored) {
            log.debug("closing a client", ignored);
        }
    }

    /** The endless answer with events. */
    private static final class Stream implements Events {
        private final Response answer;
        private @Nullable JsonParser json;

        Stream(Response answer) {
            this.answer = answer;
        }

        @Override
        public EngineEvent next() throws IOException {
            try {
                JsonParser parser = parser();
                while (parser.nextToken() != null) {
                    Optional<EngineEvent> event = EventReader.read(parser.readValueAsTree());
                    if (event.isPresent()) {
                        return event.get();
                    }
                }
                throw new EOFException("the engine ended the stream of events");
            } catch (RuntimeException broken) {
                throw new IOException("the stream of events broke: " + Failures.reason(broken), broken);
            }
        }

        /** Made late: making one waits for the first bytes, so for the first event. */
        private JsonParser parser() throws IOException {
            JsonParser parser = json;
            if (parser == null) {
                parser = JSON.createParser(answer.getBody());
                json = parser;
            }
            return parser;
        }

        @Override
        public void close() {
            answer.close();
        }
    }
}
