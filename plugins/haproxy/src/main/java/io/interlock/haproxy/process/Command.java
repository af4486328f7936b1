package io.interlock.haproxy.process;

/**
 * A command of the Runtime API.
 *
 * @param text without line end
 * @param answer what comes back
 */
record Command(String text, Answer answer) {

    /** The form of an answer. */
    enum Answer {
        /** Words if it failed, else nothing; then an empty line. */
        WORDS_IF_FAILED,
        /** Words, then an empty line. */
        WORDS,
        /** One line, then an empty one or two or none, depending on HAProxy's version. The next command must have words. */
        LINE
    }

    static Command quiet(String text) {
        return new Command(text, Answer.WORDS_IF_FAILED);
    }

    static Command talking(String text) {
        return new Command(text, Answer.WORDS);
    }
}
