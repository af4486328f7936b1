package io.interlock.app.config.problem;

/** Place of a setting. Its text is the beginning of a message about the setting. */
public sealed interface ConfigLocation {

    /**
     * A value, or a key, of the configuration file.
     *
     * @param file the file as the operator named it
     * @param position where it begins
     * @param jsonPath for example {@code $.engines[0].engine.addr}
     */
    record InFile(String file, TextPosition position, String jsonPath) implements ConfigLocation {
        @Override
        public String toString() {
            return file + ":" + position + ": " + jsonPath;
        }
    }

    /** The configuration file as a whole. */
    record WholeFile(String file) implements ConfigLocation {
        @Override
        public String toString() {
            return file;
        }
    }

    /** A value of a configuration without a file. */
    record Unwritten(String jsonPath) implements ConfigLocation {
        @Override
        public String toString() {
            return jsonPath + " (no configuration file)";
        }
    }

    /** An option of the command line, such as {@code -proxy-port}. */
    record Option(String name) implements ConfigLocation {
        @Override
        public String toString() {
            return "option " + name;
        }
    }

    /** An environment variable. */
    record Variable(String name) implements ConfigLocation {
        @Override
        public String toString() {
            return "environment variable " + name;
        }
    }
}
