package io.interlock.haproxy.quarantine;

/** Something of what HAProxy is to have that can be left out while the rest is served. */
public sealed interface ConfigPart {

    /** The name of the backend that it belongs to. */
    String backend();

    /** A backend with all that it has, and what leads to it. */
    record WholeBackend(String backend) implements ConfigPart {}

    /** A server, by its name. */
    record Server(String backend, String server) implements ConfigPart {}

    /** The health check: all its lines, which mean something together only. Without it a connection is tried. */
    record Check(String backend) implements ConfigPart {}

    /** An option, or a page for errors: a backend may do without. */
    record Directive(String backend, String line) implements ConfigPart {

        private static final String OPTION = "option ";
        private static final String ERROR_PAGE = "http-error ";

        /** The container's field that asks for it. */
        String field() {
            return line.startsWith(OPTION) ? "backend_options" : "error_pages";
        }

        /** What the container asks for. */
        String value() {
            return line.startsWith(OPTION) ? line.substring(OPTION.length()) : line;
        }
    }

    /**
     * The part that one of a backend's {@code directives} belongs to. What is neither check nor option nor page may protect somebody:
     * a backend is rather not served than without.
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
