package io.interlock.bench.chaos;

/**
 * Something that goes wrong and is over again.
 *
 * @param name for people
 * @param happening makes it happen, and undoes it after a while
 */
record Fault(String name, Happening happening) {

    /** What happens to a scene. */
    interface Happening {
        void in(Scene scene) throws Exception;
    }
}
