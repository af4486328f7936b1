package io.interlock.haproxy.render;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator's pages for errors, as they were found when the load balancer was opened; HAProxy reads them when it loads its
 * configuration.
 *
 * @param common for all backends, by status
 * @param byName for those that ask for them, by name and status
 */
public record ErrorPages(Map<Integer, Path> common, Map<String, Map<Integer, Path>> byName) {

    /** There are none. */
    public static final ErrorPages NONE = new ErrorPages(Map.of(), Map.of());

    private static final Logger log = LoggerFactory.getLogger(ErrorPages.class);

    /** HAProxy keeps a page in one of its buffers, which hold 16 kB, together with the header. */
    private static final long MAX_SIZE = 15_000;

    /** HAProxy's own errors. */
    private static final List<Integer> STATUSES =
            List.of(400, 401, 403, 404, 405, 408, 410, 413, 425, 429, 500, 502, 503, 504);

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

    public ErrorPages {
        common = new TreeMap<>(common);
        byName = new TreeMap<>(byName);
    }

    /** What a folder has; files that are no pages are told of, and left alone. */
    public static ErrorPages in(Optional<Path> folder) {
        if (folder.isEmpty()) {
            return NONE;
        }
        Map<String, Map<Integer, Path>> byName = new TreeMap<>();
        try (Stream<Path> entries = Files.list(folder.get())) {
            for (Path entry : entries.filter(Files::isDirectory).sorted().toList()) {
                String name = String.valueOf(entry.getFileName());
                if (NAME.matcher(name).matches()) {
                    byName.put(name, pages(entry));
                }
            }
        } catch (IOException e) {
            log.warn("the pages for errors in {} cannot be read: {}", folder.get(), e.toString());
        }
        return new ErrorPages(pages(folder.get()), byName);
    }

    private static Map<Integer, Path> pages(Path folder) {
        Map<Integer, Path> pages = new TreeMap<>();
        for (int status : STATUSES) {
            Path page = folder.resolve(status + ".html");
            try {
                if (Files.isRegularFile(page) && Files.size(page) > MAX_SIZE) {
                    log.warn("{} is not used: a page for errors may have {} bytes at most", page, MAX_SIZE);
                } else if (Files.isReadable(page)) {
                    pages.put(status, page.toAbsolutePath().normalize());
                }
            } catch (IOException e) {
                log.warn("{} cannot be read: {}", page, e.toString());
            }
        }
        return pages;
    }

    /** Lines for the section with defaults. */
    List<String> directives() {
        return directives(common);
    }

    /** Lines for a backend that asks for these; empty: there are none of that name. */
    Optional<List<String>> directives(String name) {
        return Optional.ofNullable(byName.get(name)).map(ErrorPages::directives);
    }

    /** What a rule answers with that answers with a status. */
    String answer(Optional<String> name, int status, String text) {
        return name.flatMap(set -> Optional.ofNullable(byName.get(set)))
                .flatMap(pages -> Optional.ofNullable(pages.get(status)))
                .or(() -> Optional.ofNullable(common.get(status)))
                .map(page -> "content-type text/html file " + Word.quote(page.toString()))
                .orElse("content-type text/plain string " + text);
    }

    private static List<String> directives(Map<Integer, Path> pages) {
        return pages.entrySet().stream()
                .map(page -> "http-error status " + page.getKey() + " content-type text/html file "
                        + Word.quote(page.getValue().toString()))
                .toList();
    }
}
