package io.interlock.haproxy.accesslog;

import io.interlock.api.loadbalancer.AccessLogEntry;
import io.interlock.api.loadbalancer.AccessLogEntry.Request;
import io.interlock.api.loadbalancer.AccessLogEntry.Times;
import io.interlock.api.loadbalancer.AccessLogSettings;
import io.interlock.haproxy.model.ServerSpec;
import io.interlock.haproxy.render.AccessLogDirectives;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parser of the lines that {@link AccessLogDirectives} has HAProxy write. Safe for all threads. */
public final class AccessLogLineParser {

    /** Severity of lines about requests; HAProxy's own messages have others, and may repeat the last request. */
    private static final String REQUEST = "<134>";

    private static final Pattern DROPPED = Pattern.compile(" (\\d{1,18}) events? dropped\0?$");

    private static final Pattern FORMAT = Pattern.compile("il[0-9]{1,9}");

    /** Words before the structured data: priority, time, host, tag, process, message id. */
    private static final int HEADER = 6;

    private static final int TCP_WORDS = 17;
    private static final int HTTP_WORDS = 25;
    private static final int MOST_WORDS = 64;
    private static final long MILLISECONDS = 1_000;

    private final AccessLogSettings settings;
    private final Supplier<Map<String, String>> places;
    private volatile PlaceIndex index = new PlaceIndex(Map.of(), Map.of());

    /** The backend of each place, as found for this map. */
    private record PlaceIndex(Map<String, String> places, Map<String, String> backends) {}

    /**
     * @param places the place of each backend in HAProxy's configuration; another map after a change
     */
    public AccessLogLineParser(AccessLogSettings settings, Supplier<Map<String, String>> places) {
        this.settings = settings;
        this.places = places;
    }

    /** What a line says. */
    public sealed interface ParsedLine {}

    /** A request. */
    public record RequestLine(AccessLogEntry entry) implements ParsedLine {}

    /** HAProxy could not keep lines because the ring was full. */
    public record DropNotice(long count) implements ParsedLine {}

    /** A line about a request that cannot be read. */
    public record UnreadableLine() implements ParsedLine {}

    /** A message that is not about a request. */
    public record OtherLine() implements ParsedLine {}

    /** Parses a line without its end. */
    public ParsedLine parse(String line) {
        if (!line.startsWith(REQUEST)) {
            Matcher dropped = DROPPED.matcher(line);
            return dropped.find() ? new DropNotice(Long.parseLong(dropped.group(1))) : new OtherLine();
        }
        String[] words = line.split(" ", MOST_WORDS);
        if (words.length <= HEADER || !FORMAT.matcher(words[HEADER]).matches()) {
            return new OtherLine();
        }
        if (!words[HEADER].equals(AccessLogDirectives.MARK)) {
            // A worker that another version of Interlock configured.
            return new UnreadableLine();
        }
        try {
            return new RequestLine(entry(new Words(List.of(words))));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return new UnreadableLine();
        }
    }

    /** The part of a line that no other line has; empty if it is not about a request. */
    static String key(String line) {
        int end = line.indexOf(" " + AccessLogDirectives.MARK + " ");
        for (int i = 0; i < 4 && end >= 0; i++) {
            end = line.indexOf(' ', end + 1);
        }
        return line.startsWith(REQUEST) && end > 0 ? line.substring(0, end) : "";
    }

    /** The words of the structured data. */
    private record Words(List<String> all) {

        String at(int index) {
            String word = all.get(HEADER + index);
            return word.equals("-") ? "" : word;
        }

        int number(int index) {
            return Integer.parseInt(all.get(HEADER + index));
        }

        String decoded(int index) {
            return new String(Base64.getDecoder().decode(at(index)), StandardCharsets.UTF_8);
        }

        int length() {
            return all.size() - HEADER;
        }
    }

    private AccessLogEntry entry(Words words) {
        boolean tcp = words.number(10) == AccessLogDirectives.NO_STATUS
                && words.at(13).endsWith("--")
                && words.length() < HTTP_WORDS;
        Instant time = time(words.at(5));
        String place = words.at(7);
        String backend = place.startsWith("@") ? "" : tcp ? backendAt(place) : place;
        String server = server(words.at(8));
        List<String> phases = List.of(words.at(9).split("/", -1));
        String[] connections = words.at(14).split("/", -1);
        Times times = new Times(
                Integer.parseInt(phases.get(0)),
                Integer.parseInt(phases.get(1)),
                Integer.parseInt(phases.get(2)),
                Integer.parseInt(phases.get(3)),
                Integer.parseInt(phases.get(4)));
        Request request = tcp
                ? new Request("", "", "", "", "", "")
                : new Request(
                        words.decoded(TCP_WORDS),
                        words.decoded(TCP_WORDS + 3),
                        words.decoded(TCP_WORDS + 1),
                        words.decoded(TCP_WORDS + 2),
                        words.decoded(TCP_WORDS + 4),
                        words.decoded(TCP_WORDS + 5),
                        words.at(TCP_WORDS + 6),
                        words.at(TCP_WORDS + 7));
        int status = words.number(10);
        int asked = settings.requestHeaders().size();
        return new AccessLogEntry(
                time,
                words.at(3),
                words.at(4).isEmpty() ? 0 : words.number(4),
                words.at(6),
                backend,
                server,
                request,
                status > 0 ? OptionalInt.of(status) : OptionalInt.empty(),
                Long.parseLong(words.at(12)),
                Long.parseLong(words.at(11)),
                times,
                retries(connections[connections.length - 1]),
                words.at(13),
                words.at(16),
                tcp ? Map.of() : headers(words, settings.requestHeaders(), HTTP_WORDS),
                tcp ? Map.of() : headers(words, settings.responseHeaders(), HTTP_WORDS + asked),
                HttplogFormatter.line(
                        tcp,
                        new HttplogFormatter.Fields(
                                words.at(3) + ":" + words.at(4),
                                time,
                                words.at(6),
                                (backend.isEmpty() ? "-" : backend) + "/"
                                        + words.all().get(HEADER + 8),
                                phases,
                                status,
                                words.at(12),
                                words.all().get(HEADER + 13),
                                words.at(14) + " " + words.at(15),
                                request)));
    }

    @SuppressWarnings("ReferenceEquality") // Another map after a change; to compare the content would take long.
    private String backendAt(String place) {
        Map<String, String> now = places.get();
        PlaceIndex known = index;
        if (known.places() != now) {
            Map<String, String> backends = new HashMap<>();
            now.forEach((backend, at) -> backends.put(at, backend));
            known = new PlaceIndex(now, backends);
            index = known;
        }
        return known.backends().getOrDefault(place, place);
    }

    private static Instant time(String text) {
        int dot = text.indexOf('.');
        return Instant.ofEpochMilli(
                Long.parseLong(text.substring(0, dot)) * MILLISECONDS + Long.parseLong(text.substring(dot + 1)));
    }

    private static String server(String name) {
        if (name.startsWith("<") || name.equals(ServerSpec.WAITING.name())) {
            return "";
        }
        int suffix = name.indexOf(':');
        return suffix < 0 ? name : name.substring(0, suffix);
    }

    /** HAProxy marks a request that went to another server with a plus. */
    private static int retries(String text) {
        return Integer.parseInt(text.startsWith("+") ? text.substring(1) : text);
    }

    private static Map<String, String> headers(Words words, List<String> names, int first) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            if (!words.at(first + i).isEmpty()) {
                headers.put(names.get(i), words.decoded(first + i));
            }
        }
        return headers;
    }
}
