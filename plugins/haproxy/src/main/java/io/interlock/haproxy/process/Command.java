package io.interlock.haproxy.process;

/**
 * A command of the Runtime API.
 *
 * @param text without line end
 * @param talks whether HAProxy always answers with words, else only if it fails
 */
record Command(String text, boolean talks) {

    static Command quiet(String text) {
        return new Command(text, false);
    }

    static Command talking(String text) {
        return new Command(text, true);
    }
}
