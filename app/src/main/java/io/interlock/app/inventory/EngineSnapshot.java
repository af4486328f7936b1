package io.interlock.app.inventory;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * Known state of one engine.
 *
 * @param engineId the engine's id in Interlock's configuration
 * @param connection whether the engine can be reached at present
 * @param location Interlock's location in the network relative to the engine's containers, as detected at the last
 *     connection; while the connection is unknown, that of an earlier controller
 * @param containers running containers as last inspected, by container id; while the connection is unknown, those that
 *     an earlier controller knew
 * @param delta the difference from the previous snapshot
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

    /** Creates a snapshot whose previous snapshot is unknown. */
    public EngineSnapshot(
            String engineId, Connection connection, NetworkLocation location, Map<String, ContainerFacts> containers) {
        this(engineId, connection, location, containers, Delta.UNKNOWN);
    }

    /** Whether the containers are those that an earlier controller knew, because the engine has not been reached since. */
    public boolean isRestored() {
        return connection instanceof Connection.Unknown && !containers.isEmpty();
    }

    /**
     * Difference between two successive snapshots of an engine.
     *
     * @param from number of the previous snapshot; {@link #NOWHERE} if any container may differ
     * @param to number of this snapshot
     * @param containers ids of containers that were added, removed or changed
     */
    public record Delta(long from, long to, Set<String> containers) {

        /** Number that no snapshot has. */
        public static final long NOWHERE = -1;

        /** Delta in which any container may differ. */
        public static final Delta UNKNOWN = new Delta(NOWHERE, NOWHERE, Set.of());

        public Delta {
            containers = Set.copyOf(containers);
        }
    }

    /** Whether an engine can be reached. */
    public sealed interface Connection {

        /**
         * The engine was never reached by this controller, so its containers are unknown, which differs from an empty
         * list.
         *
         * @param reason why the last attempt failed; empty before the first attempt
         */
        record Unknown(Optional<String> reason) implements Connection {
            /** Creates the state before the first attempt. */
            public Unknown() {
                this(Optional.empty());
            }
        }

        /** Its events arrive. */
        record Connected(Instant since) implements Connection {}

        /** The engine was reached before; its last known containers are kept. */
        record Unreachable(Instant since, String reason) implements Connection {}
    }
}
