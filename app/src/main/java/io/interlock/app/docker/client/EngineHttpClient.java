package io.interlock.app.docker.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import io.interlock.app.config.EngineConfig;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Client for GET requests to one engine over docker-java's HTTP transport. Jackson reads the answers directly, because
 * docker-java's own model of an inspected container is large, slow to load, and lacks fields. Safe for all threads.
 */
public final class EngineHttpClient implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger("engine");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int NOT_FOUND = 404;
    private static final Set<Integer> UNKNOWN_OR_FORBIDDEN = Set.of(NOT_FOUND, 406, 403);
    private static final int FIRST_ERROR = 300;
    private static final int MOST_OF_A_REASON = 200;
    private static final int MAX_CONNECTIONS = 64;

    private final DockerHttpClient http;
    private final Timeouts timeouts;

    /**
     * Time limits of calls.
     *
     * @param connect limit for connecting; more than 0
     * @param ping limit for a ping's answer; more than 0
     * @param answer limit for any other answer, or for the beginning of an endless one; more than 0
     */
    public record Timeouts(Duration connect, Duration ping, Duration answer) {
        public static final Timeouts DEFAULT =
                new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(3), Duration.ofSeconds(20));
    }

    /** Answer of an engine that rejects a request. */
    private static final class Refused extends IOException {
        private static final long serialVersionUID = 1;

        private final int status;

        Refused(int status, String reason) {
            super("the engine answered " + status + " " + reason);
            this.status = status;
        }
    }

    /** Returns the status of the answer that made a call fail; empty if the call failed for another reason. */
    public static OptionalInt status(IOException failure) {
        return failure.getCause() instanceof Refused refused ? OptionalInt.of(refused.status) : OptionalInt.empty();
    }

    /**
     * Whether a call failed because the engine does not know the request, or a proxy in front of the engine forbids it.
     */
    public static boolean isUnknownOrForbidden(IOException failure) {
        return UNKNOWN_OR_FORBIDDEN.contains(status(failure).orElse(0));
    }

    /** Reads an answer's body. */
    public interface BodyReader<T> {
        T read(Response answer) throws IOException;
    }

    private EngineHttpClient(DockerHttpClient http, Timeouts timeouts) {
        this.http = http;
        this.timeouts = timeouts;
    }

    /** Creates a client of this engine, with the certificates as they are now. Does not contact the engine. */
    public static EngineHttpClient connect(EngineConfig engine, Timeouts timeouts) throws IOException {
        EngineEndpoint address = EngineEndpoint.of(engine);
        if (address.isUnixSocket()) {
            SocketAccess.check(
                    Path.of(address.uri().getPath()), new OwnContainerDetector(Path.of("/")).isInContainer());
        }
        ApacheDockerHttpClient.Builder http = new ApacheDockerHttpClient.Builder()
                .dockerHost(address.uri())
                .maxConnections(MAX_CONNECTIONS)
                .connectionTimeout(timeouts.connect());
        if (address.tls()) {
            SSLContext context = EngineTlsContextFactory.context(engine);
            http.sslConfig(() -> context);
        }
        return new EngineHttpClient(http.build(), timeouts);
    }

    void ping() throws IOException {
        EngineCallTimeout.within("ping", timeouts.ping(), () -> {
            try (Response answer = open("/_ping")) {
                return answer.getBody().readAllBytes();
            }
        });
    }

    /**
     * Returns the content of an answer.
     *
     * @param what the name of the request, for messages
     */
    public <T> T get(String what, String path, BodyReader<T> reader) throws IOException {
        return EngineCallTimeout.within(what, timeouts.answer(), () -> {
            try (Response answer = open(path)) {
                return reader.read(answer);
            }
        });
    }

    /** Sends a request as {@link #get} does, and parses the answer as JSON. */
    public JsonNode json(String what, String path) throws IOException {
        return get(what, path, answer -> JSON.readTree(answer.getBody()));
    }

    /** Sends a request as {@link #json} does. Empty if the engine answers that the object does not exist. */
    public Optional<JsonNode> find(String what, String path) throws IOException {
        return EngineCallTimeout.within(what, timeouts.answer(), () -> {
            try (Response answer = http.execute(request(path))) {
                return answer.getStatusCode() == NOT_FOUND
                        ? Optional.empty()
                        : Optional.of(JSON.readTree(checked(answer).getBody()));
            }
        });
    }

    /**
     * Subscribes to events. The stream contains every event that the engine emits after the return of this method.
     *
     * @param filters selection of the events, in the syntax of the engine's API
     */
    public EngineEventStream events(String filters) throws IOException {
        return EngineCallTimeout.within(
                "subscribe to events",
                timeouts.answer(),
                () -> new EngineEventStream(open("/events?filters=" + encode(filters) + since())));
    }

    /**
     * Returns the parameter that requests recent events, too. The engine answers before it has subscribed, so events of
     * that moment would be lost. It keeps its latest events, and those since a time of its own clock fill the gap.
     */
    private String since() throws IOException {
        try (Response answer = open("/_ping")) {
            String date = answer.getHeader("Date");
            return "&since="
                    + ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toEpochSecond();
        } catch (DateTimeException | NullPointerException unknown) {
            return "";
        }
    }

    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Response open(String path) throws IOException {
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
            throw new Refused(
                    answer.getStatusCode(),
                    new String(answer.getBody().readNBytes(MOST_OF_A_REASON), StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() {
        try {
            http.close();
        } catch (IOException ignored) {
            log.debug("closing a client", ignored);
        }
    }
}
