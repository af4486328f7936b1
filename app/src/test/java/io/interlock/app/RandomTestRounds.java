package io.interlock.app;

/**
 * How often tests with random input try: few times, since they run often. {@code -Dinterlock.test.rounds=1} makes them
 * thorough, a greater number so many times as thorough.
 */
public final class RandomTestRounds {

    private static final int THOROUGH = Integer.getInteger("interlock.test.rounds", 0);

    private RandomTestRounds() {}

    /** The number of rounds. */
    public static int of(int few, int thorough) {
        return THOROUGH > 0 ? Math.multiplyExact(thorough, THOROUGH) : few;
    }
}
