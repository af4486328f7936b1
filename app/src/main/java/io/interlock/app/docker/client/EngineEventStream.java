package io.interlock.app.docker.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import io.interlock.util.ErrorMessages;
import java.io.EOFException;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Endless answer with events. For one thread, except {@link #close()}, which wakes that thread. */
public final class EngineEventStream implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Response answer;
    private @Nullable JsonParser json;

    EngineEventStream(Response answer) {
        this.answer = answer;
    }

    /**
     * Waits for the next event that the reader accepts, without a time limit. Throws after the end of the stream,
     * whatever its reason.
     */
    public <T> T next(Function<JsonNode, Optional<T>> reader) throws IOException {
        try {
            JsonParser parser = parser();
            while (parser.nextToken() != null) {
                Optional<T> event = reader.apply(parser.readValueAsTree());
                if (event.isPresent()) {
                    return event.get();
                }
            }
            throw new EOFException("the engine ended the stream of events");
        } catch (RuntimeException broken) {
            throw new IOException("the stream of events broke: " + ErrorMessages.reason(broken), broken);
        }
    }

    /** Creates the parser late, because its creation waits for the first bytes, and thus for the first event. */
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
