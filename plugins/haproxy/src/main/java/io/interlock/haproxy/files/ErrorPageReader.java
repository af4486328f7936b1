package io.interlock.haproxy.files;

import io.interlock.haproxy.render.directive.ErrorPages;
import io.interlock.haproxy.render.directive.ErrorPages.ErrorPage;
import io.interlock.util.ErrorMessages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

/** Reads the operator's error pages. */
public final class ErrorPageReader {

    private static final Logger log = LoggerFactory.getLogger("haproxy");

    /** Maximum size in bytes. HAProxy keeps a page and its header in one of its buffers, which hold 16 kB. */
    private static final long MAX_SIZE = 15_000;

    /** The statuses of HAProxy's own errors. */
    private static final List<Integer> STATUSES =
            List.of(400, 401, 403, 404, 405, 408, 410, 413, 425, 429, 500, 502, 503, 504);

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

    private ErrorPageReader() {}

    /** The pages in a folder. Files that are not pages are reported and ignored. */
    public static ErrorPages read(Optional<Path> folder) {
        if (folder.isEmpty()) {
            return ErrorPages.NONE;
        }
        Map<String, Map<Integer, ErrorPage>> byName = new TreeMap<>();
        try (Stream<Path> entries = Files.list(folder.get())) {
            for (Path entry : entries.filter(Files::isDirectory).sorted().toList()) {
                String name = String.valueOf(entry.getFileName());
                if (NAME.matcher(name).matches()) {
                    byName.put(name, pages(entry));
                }
            }
        } catch (IOException e) {
            log.warn(
                    "the pages for errors in {} cannot be read: {}",
                    folder.get(),
                    ErrorMessages.reasonAt(folder.get(), e));
        }
        return new ErrorPages(pages(folder.get()), byName);
    }

    private static Map<Integer, ErrorPage> pages(Path folder) {
        Map<Integer, ErrorPage> pages = new TreeMap<>();
        for (int status : STATUSES) {
            Path page = folder.resolve(status + ".html");
            try {
                if (Files.isRegularFile(page) && Files.size(page) > MAX_SIZE) {
                    log.warn("{} is not used: a page for errors may have {} bytes at most", page, MAX_SIZE);
                } else if (Files.isReadable(page)) {
                    pages.put(status, new ErrorPage(page.toAbsolutePath().normalize(), hasRequestId(page)));
                }
            } catch (IOException e) {
                log.warn("{} cannot be read: {}", page, ErrorMessages.reasonAt(page, e));
            }
        }
        return pages;
    }

    /** HAProxy reads a page with the id of the request as a format, so that no other percent sign may stand alone. */
    private static boolean hasRequestId(Path page) throws IOException {
        String text = Files.readString(page, StandardCharsets.ISO_8859_1);
        if (!text.contains(ErrorPage.ID_PLACE)) {
            return false;
        }
        if (text.replace(ErrorPage.ID_PLACE, "").replace("%%", "").contains("%")) {
            log.warn(
                    "{} is shown without the id of the request: it contains {}, so each other percent sign must be doubled",
                    page,
                    ErrorPage.ID_PLACE);
            return false;
        }
        return true;
    }
}
