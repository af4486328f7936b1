package io.interlock.app.config.reader;

import io.interlock.app.config.accesslog.AccessLogConfig;
import io.interlock.app.config.accesslog.AccessLogConfig.LineFormat;
import io.interlock.app.config.accesslog.AccessLogField;
import io.interlock.app.config.accesslog.AccessLogTarget;
import io.interlock.app.config.accesslog.AccessLogTarget.Transport;
import io.interlock.app.config.accesslog.RequestFilter;
import io.interlock.app.config.key.ConfigKey;
import io.interlock.app.config.key.ConfigKeys;
import io.interlock.app.config.key.ConfigSection;
import io.interlock.app.config.value.AccessLogTargetParser;
import io.interlock.app.config.value.AccessLogTargetParser.ServerAddress;
import io.interlock.app.config.value.FilePathParser;
import io.interlock.app.config.value.ParsedValue;
import io.interlock.util.CountText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Binds the destinations of the log of requests. */
final class AccessLogBinder {

    private static final long MEGABYTE = 1 << 20;

    private final ConfigSection root;
    private final Path base;

    /**
     * @param base start of relative paths
     */
    AccessLogBinder(ConfigSection root, Path base) {
        this.root = root;
        this.base = base;
    }

    List<AccessLogConfig> bind() {
        List<ConfigSection> entries = root.valueOf(ConfigKeys.ACCESS_LOG);
        if (entries.size() > AccessLogConfig.MOST_DESTINATIONS) {
            root.wrong(
                    ConfigKeys.ACCESS_LOG,
                    "at most " + AccessLogConfig.MOST_DESTINATIONS + " destinations",
                    CountText.of(entries.size(), "destination"));
        }
        List<AccessLogConfig> destinations = new ArrayList<>();
        Set<AccessLogTarget> targets = new HashSet<>();
        for (ConfigSection entry : entries) {
            Optional<AccessLogTarget> named = target(entry);
            // Without a target the rest is checked, too.
            AccessLogConfig rest = destination(entry, named.orElseGet(AccessLogTarget.LiveOnly::new));
            named.ifPresent(target -> {
                if (target instanceof AccessLogTarget.LogFile(Path path, long maxSize, int keep)
                        && !targets.add(new AccessLogTarget.LogFile(path, 0, 0))) {
                    entry.wrong(ConfigKeys.LOG_TO, "a file that no other entry has", path.toString());
                }
                if (target instanceof AccessLogTarget.Metrics && !targets.add(target)) {
                    entry.wrong(ConfigKeys.LOG_TO, "one entry for \"metrics\"", "another one");
                }
                destinations.add(rest);
            });
        }
        long headers = AccessLogConfig.settings(destinations).stream()
                .mapToLong(settings -> settings.requestHeaders().size()
                        + settings.responseHeaders().size())
                .sum();
        if (headers > AccessLogConfig.MOST_HEADERS) {
            root.wrong(
                    ConfigKeys.ACCESS_LOG,
                    "at most " + AccessLogConfig.MOST_HEADERS + " different headers in all destinations",
                    Long.toString(headers));
        }
        return destinations;
    }

    private static AccessLogConfig destination(ConfigSection entry, AccessLogTarget target) {
        LineFormat format = entry.valueOf(ConfigKeys.LOG_LINE_FORMAT);
        for (ConfigKey<?> key :
                List.of(ConfigKeys.LOG_FIELDS, ConfigKeys.LOG_REQUEST_HEADERS, ConfigKeys.LOG_RESPONSE_HEADERS)) {
            if (format != LineFormat.JSON && entry.has(key)) {
                entry.wrong(key, "\"format\": \"json\" beside it", "another format");
            }
        }
        List<AccessLogField> fields = entry.valueOf(ConfigKeys.LOG_FIELDS);
        return new AccessLogConfig(
                target,
                format,
                fields.isEmpty()
                        ? Arrays.asList(AccessLogField.values())
                        : fields.stream().distinct().toList(),
                entry.valueOf(ConfigKeys.LOG_REQUEST_HEADERS).stream()
                        .distinct()
                        .toList(),
                entry.valueOf(ConfigKeys.LOG_RESPONSE_HEADERS).stream()
                        .distinct()
                        .toList(),
                entry.valueOf(ConfigKeys.LOG_QUERY),
                new RequestFilter(
                        entry.valueOf(ConfigKeys.LOG_SAMPLE),
                        entry.valueOf(ConfigKeys.LOG_STATUS),
                        entry.valueOf(ConfigKeys.LOG_HOSTS),
                        entry.valueOf(ConfigKeys.LOG_CONTAINERS)));
    }

    private Optional<AccessLogTarget> target(ConfigSection entry) {
        long maxSize = entry.valueOf(ConfigKeys.LOG_MAX_SIZE) * MEGABYTE;
        int keep = entry.valueOf(ConfigKeys.LOG_KEEP);
        Optional<Path> authorities = entry.get(ConfigKeys.LOG_CA);
        if (!entry.has(ConfigKeys.LOG_TO)) {
            return entry.wrong(ConfigKeys.LOG_TO, AccessLogTargetParser.EXPECTED, "nothing");
        }
        Optional<AccessLogTarget> target =
                entry.get(ConfigKeys.LOG_TO, text -> parse(text, maxSize, keep, authorities));
        boolean isFile =
                target.filter(AccessLogTarget.LogFile.class::isInstance).isPresent();
        boolean isTls = target.filter(
                        to -> to instanceof AccessLogTarget.SyslogServer server && server.transport() == Transport.TLS)
                .isPresent();
        for (ConfigKey<?> key : List.of(ConfigKeys.LOG_MAX_SIZE, ConfigKeys.LOG_KEEP)) {
            if (target.isPresent() && !isFile && entry.has(key)) {
                entry.wrong(key, "a file in \"to\" beside it", "another destination");
            }
        }
        boolean isMetrics =
                target.filter(AccessLogTarget.Metrics.class::isInstance).isPresent();
        for (ConfigKey<?> key : List.of(ConfigKeys.LOG_LINE_FORMAT, ConfigKeys.LOG_QUERY, ConfigKeys.LOG_SAMPLE)) {
            if (isMetrics && entry.has(key)) {
                entry.wrong(
                        key, "another destination than \"metrics\" in \"to\" beside it", "a destination that counts");
            }
        }
        if (target.isPresent() && !isTls && entry.has(ConfigKeys.LOG_CA)) {
            entry.wrong(ConfigKeys.LOG_CA, "tls:// in \"to\" beside it", "another destination");
        }
        return target;
    }

    private ParsedValue<AccessLogTarget> parse(String text, long maxSize, int keep, Optional<Path> authorities) {
        if (text.equals("stdout")) {
            return ParsedValue.good(new AccessLogTarget.StandardOutput());
        }
        if (text.equals("live")) {
            return ParsedValue.good(new AccessLogTarget.LiveOnly());
        }
        if (text.equals(AccessLogTarget.Metrics.WORD)) {
            return ParsedValue.good(new AccessLogTarget.Metrics());
        }
        if (AccessLogTargetParser.isServer(text)) {
            return AccessLogTargetParser.server(text)
                    .then(server -> ParsedValue.good(server(text, server, authorities)));
        }
        if (!text.contains("/")) {
            return ParsedValue.bad(AccessLogTargetParser.EXPECTED);
        }
        return FilePathParser.parse(text, base)
                .then(path -> Files.isDirectory(path)
                        ? ParsedValue.bad("the path of a file", "it is a folder")
                        : ParsedValue.good(new AccessLogTarget.LogFile(path, maxSize, keep)));
    }

    private static AccessLogTarget server(String text, ServerAddress server, Optional<Path> authorities) {
        return new AccessLogTarget.SyslogServer(text, server.transport(), server.host(), server.port(), authorities);
    }
}
