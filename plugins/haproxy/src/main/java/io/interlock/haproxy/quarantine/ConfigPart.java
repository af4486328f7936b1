package io.interlock.haproxy.quarantine;

/** Part of the desired configuration that can be excluded while the rest is served. */
public sealed interface ConfigPart {

    /** The name of the backend that the part belongs to; empty if it belongs to none. */
    String backend();

    /** Backend with everything in it, and everything that leads to it. */
    record WholeBackend(String backend) implements ConfigPart {}

    /** Server, by its name. */
    record Server(String backend, String server) implements ConfigPart {}

    /**
     * Health check: all its lines, which only make sense together. Without it HAProxy checks whether it can connect.
     */
    record Check(String backend) implements ConfigPart {}

    /** Option or error page, which a backend can do without. */
    record Directive(String backend, String line) implements ConfigPart {

        private static final String OPTION = "option ";
        private static final String ERROR_PAGE = "http-error ";

        /** The container field that asks for it. */
        String field() {
            return line.startsWith(OPTION) ? "backend_options" : "error_pages";
        }

        /** The value of the field. */
        String value() {
            return line.startsWith(OPTION) ? line.substring(OPTION.length()) : line;
        }
    }

    /** Certificate of the HTTPS listener, by its path. It belongs to no backend. */
    record ListedCertificate(String path) implements ConfigPart {
        @Override
        public String backend() {
            return "";
        }
    }

    /**
     * The part that one of a backend's {@code directives} belongs to. A directive that is neither check nor option nor
     * error page may protect the backend, so the backend is not served without it.
     */
    static ConfigPart ofDirective(String backend, String line) {
        if (CheckLineMatcher.has(line)) {
            return new Check(backend);
        }
        return line.startsWith(Directive.OPTION) || line.startsWith(Directive.ERROR_PAGE)
                ? new Directive(backend, line)
                : new WholeBackend(backend);
    }
}
