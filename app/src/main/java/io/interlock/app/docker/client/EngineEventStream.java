package io.interlock.app.docker.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.interlock.app.docker.http.EngineResponse;
import io.interlock.app.docker.json.JsonSelectionReader;
import io.interlock.util.ErrorMessages;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** Endless answer with events. For one thread, except {@link #close()}, which wakes that thread. */
public final class EngineEventStream implements AutoCloseable {

    private final EngineResponse answer;
    private final JsonSelectionReader events;
    private final Duration limit;

    /**
     * @param limit the time from the beginning of an event to its end
     */
    EngineEventStream(EngineResponse answer, JsonSelectionReader events, Duration limit) {
        this.answer = answer;
        this.events = events;
        this.limit = limit;
    }

    /**
     * Waits for the next event that the reader accepts, without a time limit. Throws after the end of the stream,
     * whatever its reason.
     */
    public <T> T next(Function<JsonNode, Optional<T>> reader) throws IOException {
        try {
            while (events.begin()) {
                Optional<T> event = reader.apply(EngineCallTimeout.within("event", limit, events::document));
                if (event.isPresent()) {
                    return event.get();
                }
            }
            throw new EOFException("the engine ended the stream of events");
        } catch (RuntimeException broken) {
            throw new IOException("the stream of events broke: " + ErrorMessages.reason(broken), broken);
        }
    }

    @Override
    public void close() {
        answer.close();
    }
}
