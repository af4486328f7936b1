package io.interlock.haproxy.runtime;

/**
 * Command of the Runtime API.
 *
 * @param text without line end
 * @param answer the form of the answer
 */
record RuntimeCommand(String text, ResponseFormat answer) {

    /** Form of an answer. */
    enum ResponseFormat {
        /** Text if the command failed, otherwise nothing; then an empty line. */
        WORDS_IF_FAILED,
        /** Text, then an empty line. */
        WORDS,
        /**
         * One line, then no, one or two empty lines, depending on HAProxy's version. The answer to the next command
         * must contain text.
         */
        LINE
    }

    static RuntimeCommand quiet(String text) {
        return new RuntimeCommand(text, ResponseFormat.WORDS_IF_FAILED);
    }

    static RuntimeCommand talking(String text) {
        return new RuntimeCommand(text, ResponseFormat.WORDS);
    }
}
