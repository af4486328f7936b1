package io.interlock.bench.chaos;

import java.util.Random;

/**
 * Fault that is caused and then undone.
 *
 * @param part the part of the scenario that it affects; faults of different parts can occur together
 * @param name for people
 * @param action causes the fault, and undoes it after a while
 */
record ChaosFault(FaultTarget part, String name, FaultAction action) {

    /** Parts that have at most one fault at a time. */
    enum FaultTarget {
        OWN_ENGINE,
        WIRE,
        CONTAINERS,
        SWARM,
        INTERLOCK
    }

    /** Action on a scenario. */
    interface FaultAction {
        /**
         * @param random draws unspecified values, for example the duration
         */
        void in(ChaosScenario scene, Random random) throws Exception;
    }
}
