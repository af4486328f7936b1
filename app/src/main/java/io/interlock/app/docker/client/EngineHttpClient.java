package io.interlock.app.docker.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.interlock.app.config.EngineConfig;
import io.interlock.app.docker.http.EngineConnectionPool;
import io.interlock.app.docker.http.EngineEndpoint;
import io.interlock.app.docker.http.EngineResponse;
import io.interlock.app.docker.http.EngineTlsContextFactory;
import io.interlock.app.docker.json.JsonSelection;
import io.interlock.app.docker.json.JsonSelectionReader;
import io.interlock.util.PrintableText;
import java.io.IOException;
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
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/**
 * Client for GET requests to one engine. Every answer has a time limit and a size limit, and only the selected parts of
 * it are kept. Safe for all threads.
 */
public final class EngineHttpClient implements AutoCloseable {

    /** Maximum number of bytes of an answer, or of an event. Nearly all of it is skipped unread. */
    static final long MAX_ANSWER = 1L << 30;

    /** Maximum number of bytes of the answer to a ping. */
    static final int MAX_PING = 4_096;

    /** Maximum number of elements of a list. */
    static final int MAX_ELEMENTS = 50_000;

    private static final int NOT_FOUND = 404;
    private static final Set<Integer> UNKNOWN_OR_FORBIDDEN = Set.of(NOT_FOUND, 406, 403);
    private static final int FIRST_REDIRECT = 300;
    private static final int FIRST_ERROR = 400;
    private static final int MOST_OF_A_REASON = 200;

    private final EngineConnectionPool connections;
    private final Timeouts timeouts;

    /**
     * Time limits of calls.
     *
     * @param connect limit for connecting to one address; more than 0
     * @param ping limit for a ping's answer; more than 0
     * @param answer limit for the beginning of any other answer; more than 0
     * @param body limit for the rest of an answer, or of an event; more than 0
     */
    public record Timeouts(Duration connect, Duration ping, Duration answer, Duration body) {
        public static final Timeouts DEFAULT = new Timeouts(
                Duration.ofSeconds(5), Duration.ofSeconds(3), Duration.ofSeconds(20), Duration.ofSeconds(40));
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

    private interface BodyReader<T> {
        T read(EngineResponse answer) throws IOException;
    }

    private EngineHttpClient(EngineConnectionPool connections, Timeouts timeouts) {
        this.connections = connections;
        this.timeouts = timeouts;
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

    /** Creates a client of this engine, with the certificates as they are now. Does not contact the engine. */
    public static EngineHttpClient connect(EngineConfig engine, Timeouts timeouts) throws IOException {
        EngineEndpoint address = EngineEndpoint.of(engine);
        if (address.isUnixSocket()) {
            SocketAccess.check(
                    Path.of(address.uri().getPath()), new OwnContainerDetector(Path.of("/")).isInContainer());
        }
        Optional<SSLContext> tls =
                address.tls() ? Optional.of(EngineTlsContextFactory.context(engine)) : Optional.empty();
        return new EngineHttpClient(new EngineConnectionPool(address, tls, timeouts.connect()), timeouts);
    }

    void ping() throws IOException {
        EngineCallTimeout.within("ping", timeouts.ping(), () -> {
            try (EngineResponse answer = checked(connections.get("/_ping"))) {
                answer.drain(MAX_PING);
                return true;
            }
        });
    }

    /**
     * Returns the selected parts of an answer, which is one JSON object.
     *
     * @param what the name of the request, for messages
     */
    public JsonNode json(String what, String path, JsonSelection selection) throws IOException {
        return get(what, path, answer -> reader(answer, selection).object());
    }

    /** Sends a request as {@link #json} does. Empty if the engine answers that the object does not exist. */
    public Optional<JsonNode> find(String what, String path, JsonSelection selection) throws IOException {
        try {
            return Optional.of(json(what, path, selection));
        } catch (IOException failed) {
            if (status(failed).orElse(0) == NOT_FOUND) {
                return Optional.empty();
            }
            throw failed;
        }
    }

    /**
     * Returns the elements of an answer that is an array of JSON objects. Any other answer is an error.
     *
     * @param selection what the mapper gets of each element
     * @param mapper returns the element to keep; throws {@link IllegalArgumentException} if there is something wrong
     *     with it
     */
    public <T> List<T> list(String what, String path, JsonSelection selection, Function<JsonNode, T> mapper)
            throws IOException {
        return get(what, path, answer -> {
            List<T> elements = new ArrayList<>();
            reader(answer, selection).elements(MAX_ELEMENTS, element -> elements.add(mapper.apply(element)));
            return elements;
        });
    }

    private <T> T get(String what, String path, BodyReader<T> reader) throws IOException {
        try (EngineResponse answer = open(what, path)) {
            return EngineCallTimeout.within(what, timeouts.body(), () -> reader.read(answer));
        }
    }

    private static JsonSelectionReader reader(EngineResponse answer, JsonSelection selection) {
        return new JsonSelectionReader(answer.body(), selection, MAX_ANSWER);
    }

    /**
     * Subscribes to events. The stream contains every event that the engine emits after the return of this method.
     *
     * @param filters selection of the events, in the syntax of the engine's API
     * @param selection what is kept of each event
     */
    public EngineEventStream events(String filters, JsonSelection selection) throws IOException {
        EngineResponse answer =
                open("subscribe to events", "/events?filters=" + encode(filters) + since("subscribe to events"));
        return new EngineEventStream(answer, reader(answer, selection), timeouts.body());
    }

    /**
     * Returns the parameter that requests recent events, too. The engine answers before it has subscribed, so events of
     * that moment would be lost. It keeps its latest events, and those since a time of its own clock fill the gap.
     */
    private String since(String what) throws IOException {
        try (EngineResponse answer = open(what, "/_ping")) {
            EngineCallTimeout.within(what, timeouts.ping(), () -> {
                answer.drain(MAX_PING);
                return true;
            });
            return answer.header("date")
                    .map(date -> "&since="
                            + ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toEpochSecond())
                    .orElse("");
        } catch (DateTimeException unknown) {
            return "";
        }
    }

    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private EngineResponse open(String what, String path) throws IOException {
        Callable<EngineResponse> call = () -> checked(connections.get(path));
        return EngineCallTimeout.within(what, timeouts.answer(), call);
    }

    private static EngineResponse checked(EngineResponse answer) throws IOException {
        if (answer.status() < FIRST_REDIRECT) {
            return answer;
        }
        try (answer) {
            String reason = answer.status() < FIRST_ERROR
                    ? "and refers to another address, which is not followed"
                    : PrintableText.line(
                            new String(answer.body().readNBytes(MOST_OF_A_REASON), StandardCharsets.UTF_8));
            throw new Refused(answer.status(), reason);
        }
    }

    @Override
    public void close() {
        connections.close();
    }
}
