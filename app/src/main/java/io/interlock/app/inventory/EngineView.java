package io.interlock.app.inventory;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of one engine.
 *
 * @param engineId the engine's id in Interlock's configuration
 * @param connection how the engine can be reached at present
 * @param vantage from where its containers are looked at, as found at the last connection; without meaning while the
 *     connection is unknown
 * @param containers those that run, as last inspected, by container id
 */
public record EngineView(
        String engineId, Connection connection, Vantage vantage, Map<String, ContainerFacts> containers) {

    public EngineView {
        containers = Map.copyOf(containers);
    }

    /** How an engine can be reached. */
    public sealed interface Connection {

        /**
         * Never reached so far: what it runs is unknown, which is not the same as nothing.
         *
         * @param reason why the last attempt failed; empty while there was none
         */
        record Unknown(Optional<String> reason) implements Connection {
            /** Of an engine that nobody has tried to reach yet. */
            public Unknown() {
                this(Optional.empty());
            }
        }

        /** Its events arrive. */
        record Connected(Instant since) implements Connection {}

        /** It was reached before; what it ran last is kept. */
        record Unreachable(Instant since, String reason) implements Connection {}
    }
}
