package io.interlock.app.inventory;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * What is known of one engine.
 *
 * @param engineId the engine's id in Interlock's configuration
 * @param connection how the engine can be reached at present
 * @param location from where its containers are looked at, as found at the last connection; without meaning while the
 *     connection is unknown
 * @param containers those that run, as last inspected, by container id
 * @param delta how they differ from those of the view before it
 */
public record EngineSnapshot(
        String engineId,
        Connection connection,
        NetworkLocation location,
        Map<String, ContainerFacts> containers,
        Delta delta) {

    public EngineSnapshot {
        containers = containers instanceof PMap<String, ContainerFacts> shared ? shared : HashTreePMap.from(containers);
    }

    /** One of which nobody knows the view before it. */
    public EngineSnapshot(
            String engineId, Connection connection, NetworkLocation location, Map<String, ContainerFacts> containers) {
        this(engineId, connection, location, containers, Delta.UNKNOWN);
    }

    /**
     * From one view to the next.
     *
     * @param from the number of the view before; {@link #NOWHERE} if any container may differ
     * @param to this view's
     * @param containers ids of those that came, went, or are different
     */
    public record Delta(long from, long to, Set<String> containers) {

        /** No view has this number. */
        public static final long NOWHERE = -1;

        /** Any container may be different. */
        public static final Delta UNKNOWN = new Delta(NOWHERE, NOWHERE, Set.of());

        public Delta {
            containers = Set.copyOf(containers);
        }
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
