package io.interlock.app;

/**
 * Number of rounds of tests with random input. The default is small, because the tests run often.
 * {@code -Dinterlock.test.rounds=1} selects the thorough number, and a greater number multiplies it.
 */
public final class RandomTestRounds {

    private static final int THOROUGH = Integer.getInteger("interlock.test.rounds", 0);

    private RandomTestRounds() {}

    /** Returns the number of rounds. */
    public static int of(int few, int thorough) {
        return THOROUGH > 0 ? Math.multiplyExact(thorough, THOROUGH) : few;
    }
}
