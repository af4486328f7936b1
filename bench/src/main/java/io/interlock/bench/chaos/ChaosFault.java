package io.interlock.bench.chaos;

import java.util.Random;

/**
 * Something that goes wrong and is over again.
 *
 * @param part of the scene that it befalls; faults of different parts can come together
 * @param name for people
 * @param action makes it happen, and undoes it after a while
 */
record ChaosFault(FaultTarget part, String name, FaultAction action) {

    /** What can have one fault at a time. */
    enum FaultTarget {
        OWN_ENGINE,
        WIRE,
        CONTAINERS,
        SWARM,
        INTERLOCK
    }

    /** What happens to a scene. */
    interface FaultAction {
        /**
         * @param random draws what is not said, such as how long it lasts
         */
        void in(ChaosScenario scene, Random random) throws Exception;
    }
}
