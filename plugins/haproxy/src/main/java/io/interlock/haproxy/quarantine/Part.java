package io.interlock.haproxy.quarantine;

/** Something of what HAProxy is to have that can be left out while the rest is served. */
public sealed interface Part {

    /** The name of the backend that it belongs to. */
    String backend();

    /** A backend with all that it has, and what leads to it. */
    record Whole(String backend) implements Part {}

    /** A server, by its name. */
    record Server(String backend, String server) implements Part {}

    /** The health check: all its lines, which mean something together only. Without it a connection is tried. */
    record Check(String backend) implements Part {}

    /** An option, or a page for errors: a backend may do without. */
    record Directive(String backend, String line) implements Part {

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
    static Part ofDirective(String backend, String line) {
        if (CheckLines.has(line)) {
            return new Check(backend);
        }
        return line.startsWith(Directive.OPTION) || line.startsWith(Directive.ERROR_PAGE)
                ? new Directive(backend, line)
                : new Whole(backend);
    }
}
