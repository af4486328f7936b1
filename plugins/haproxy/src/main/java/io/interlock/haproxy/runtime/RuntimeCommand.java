package io.interlock.haproxy.runtime;

/**
 * A command of the Runtime API.
 *
 * @param text without line end
 * @param answer what comes back
 */
record RuntimeCommand(String text, ResponseFormat answer) {

    /** The form of an answer. */
    enum ResponseFormat {
        /** Words if it failed, else nothing; then an empty line. */
        WORDS_IF_FAILED,
        /** Words, then an empty line. */
        WORDS,
        /** One line, then an empty one or two or none, depending on HAProxy's version. The next command must have words. */
        LINE
    }

    static RuntimeCommand quiet(String text) {
        return new RuntimeCommand(text, ResponseFormat.WORDS_IF_FAILED);
    }

    static RuntimeCommand talking(String text) {
        return new RuntimeCommand(text, ResponseFormat.WORDS);
    }
}
