package io.interlock.app.config.problem;

/** Where a setting comes from; as text, what an error message about it begins with. */
public sealed interface ConfigLocation {

    /**
     * A value, or a key, of the configuration file.
     *
     * @param file the file as the operator named it
     * @param position where it begins
     * @param jsonPath {@code $.engines[0].engine.addr}
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

    /** A value that no file holds, because there is none. */
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
