package io.interlock.app.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.interlock.app.accesslog.AccessLogManager;
import io.interlock.app.accesslog.EntryFilter;
import io.interlock.app.accesslog.EntryFormatter;
import io.interlock.app.accesslog.LiveRequestLog.NumberedEntry;
import io.interlock.app.admin.AdminResponses.MissedRequests;
import io.interlock.app.admin.AdminResponses.Refusal;
import io.interlock.app.config.accesslog.AccessLogConfig;
import io.interlock.app.config.accesslog.AccessLogConfig.LineFormat;
import io.interlock.app.config.accesslog.AccessLogField;
import io.interlock.app.config.accesslog.AccessLogTarget;
import io.interlock.app.config.accesslog.RequestFilter;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Answer to {@code logs}: the latest requests, a JSON document for each, and each new one if the client follows. A
 * client that is too slow misses requests, and is told how many.
 */
final class RequestLogStream {

    private static final Pattern STATUS = Pattern.compile("[1-5](?:[0-9]{2}|xx)");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_.*:-]{1,255}");
    private static final int WORDS = 4;
    private static final String ALL = "-";

    private static final EntryFormatter FORMATTER = new EntryFormatter(new AccessLogConfig(
            new AccessLogTarget.LiveOnly(),
            LineFormat.JSON,
            Arrays.asList(AccessLogField.values()),
            List.of(),
            List.of(),
            true,
            RequestFilter.ALL));

    private final Optional<AccessLogManager> accessLog;

    RequestLogStream(Optional<AccessLogManager> accessLog) {
        this.accessLog = accessLog;
    }

    /** Writes text to the client. */
    interface Output {
        void write(String text) throws IOException;
    }

    /**
     * The question that {@link #answer} reads.
     *
     * @param count most of the latest requests to begin with
     * @param host empty: all
     * @param status empty: all
     */
    static String question(boolean follow, int count, String host, String status) {
        return String.join(
                " ",
                AdminCommands.LOGS,
                follow ? AdminCommands.FOLLOW : "latest",
                Integer.toString(count),
                host.isEmpty() ? ALL : host,
                status.isEmpty() ? ALL : status);
    }

    /**
     * Answers until the client has gone, or until the latest requests are written.
     *
     * @param heartbeat how long to wait for a request before an empty line shows whether the client is still there
     */
    void answer(String question, Duration heartbeat, Output out) throws IOException, InterruptedException {
        String[] words = question.substring(AdminCommands.LOGS.length()).strip().split(" ", -1);
        boolean good = words.length == WORDS
                && words[1].matches("[0-9]{1,6}")
                && (words[2].equals(ALL) || HOST.matcher(words[2]).matches())
                && (words[3].equals(ALL)
                        || Stream.of(words[3].split(",", -1))
                                .allMatch(one -> STATUS.matcher(one).matches()));
        if (!good) {
            out.write(line(new Refusal("expected a host name, and statuses such as 404 or 5xx")));
            return;
        }
        Optional<AccessLogManager> running = accessLog.filter(AccessLogManager::isOn);
        if (running.isEmpty()) {
            out.write(line(new Refusal("requests are not logged: add \"access_log\": [{\"to\": \"live\"}] to the"
                    + " configuration, or another destination")));
            return;
        }
        EntryFilter filter = new EntryFilter(new RequestFilter(
                1,
                words[3].equals(ALL) ? List.of() : List.of(words[3].split(",", -1)),
                words[2].equals(ALL) ? List.of() : List.of(words[2]),
                List.of()));
        write(running.get(), words[0].equals(AdminCommands.FOLLOW), Integer.parseInt(words[1]), filter, heartbeat, out);
    }

    private static void write(
            AccessLogManager log, boolean follow, int count, EntryFilter filter, Duration heartbeat, Output out)
            throws IOException, InterruptedException {
        List<NumberedEntry> latest = log.live().after(0, Duration.ZERO);
        long seen = latest.isEmpty() ? 0 : latest.getLast().sequence();
        List<NumberedEntry> wanted =
                latest.stream().filter(next -> filter.test(next.entry())).toList();
        out.write(lines(wanted.subList(Math.max(0, wanted.size() - count), wanted.size())));
        while (follow) {
            List<NumberedEntry> more = log.live().after(seen, heartbeat);
            if (more.isEmpty()) {
                out.write("\n");
                continue;
            }
            long missed = more.getFirst().sequence() - seen - 1;
            seen = more.getLast().sequence();
            out.write((missed > 0 ? line(new MissedRequests(missed)) : "")
                    + lines(more.stream()
                            .filter(next -> filter.test(next.entry()))
                            .toList()));
        }
    }

    private static String lines(List<NumberedEntry> entries) {
        StringBuilder lines = new StringBuilder();
        entries.forEach(next -> lines.append(FORMATTER.line(next.entry())).append('\n'));
        return lines.toString();
    }

    private static String line(Object document) {
        JsonNode json = AdminJsonMapper.tree(document);
        return json + "\n";
    }
}
