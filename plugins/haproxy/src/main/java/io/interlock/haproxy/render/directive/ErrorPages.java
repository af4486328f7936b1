package io.interlock.haproxy.render.directive;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The operator's error pages. HAProxy reads them when it loads its configuration.
 *
 * @param common pages for all backends, by status
 * @param byName pages for backends that ask for them, by name and status
 */
public record ErrorPages(Map<Integer, ErrorPage> common, Map<String, Map<Integer, ErrorPage>> byName) {

    /**
     * Page of the operator.
     *
     * @param hasRequestId whether it contains {@link #ID_PLACE}, and HAProxy can therefore read it as a format
     */
    public record ErrorPage(Path file, boolean hasRequestId) {

        /** In a page, stands for the id of the request. */
        public static final String ID_PLACE = "%[var(" + CorrelationRules.REQUEST_ID + ")]";

        private String body() {
            return "content-type text/html " + (hasRequestId ? "lf-file " : "file ")
                    + HaproxyQuoting.quote(file.toString());
        }
    }

    /** No error pages. */
    public static final ErrorPages NONE = new ErrorPages(Map.of(), Map.of());

    public ErrorPages {
        common = new TreeMap<>(common);
        Map<String, Map<Integer, ErrorPage>> sorted = new TreeMap<>();
        byName.forEach((name, pages) -> sorted.put(name, new TreeMap<>(pages)));
        byName = sorted;
    }

    /** Lines for the section with defaults. */
    public List<String> directives() {
        return directives(common);
    }

    /** Lines for a backend that asks for the pages of a name; empty: there are none of that name. */
    Optional<List<String>> directives(String name) {
        return Optional.ofNullable(byName.get(name)).map(ErrorPages::directives);
    }

    /** The body of a rule that answers with a status. */
    public String answer(Optional<String> name, int status, String text) {
        return name.flatMap(set -> Optional.ofNullable(byName.get(set)))
                .flatMap(pages -> Optional.ofNullable(pages.get(status)))
                .or(() -> Optional.ofNullable(common.get(status)))
                .map(ErrorPage::body)
                .orElse("content-type text/plain string " + text);
    }

    private static List<String> directives(Map<Integer, ErrorPage> pages) {
        return pages.entrySet().stream()
                .map(page -> "http-error status " + page.getKey() + " "
                        + page.getValue().body())
                .toList();
    }
}
