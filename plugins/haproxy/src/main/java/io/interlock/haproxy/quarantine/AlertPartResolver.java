package io.interlock.haproxy.quarantine;

import io.interlock.haproxy.model.BackendSpec;
import io.interlock.haproxy.model.DesiredConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Resolver of the part that an alert of HAProxy names without a line number. */
public final class AlertPartResolver {

    private static final Pattern SERVER =
            Pattern.compile("'server ([^'/ ]+)/([^' ]+)'|backend '([^' ]+)', server '([^' ]+)'");
    private static final Pattern BACKEND = Pattern.compile("(?:[Bb]ackend|[Pp]roxy) '([^' ]+)'");

    private final Map<String, BackendSpec> backends = new HashMap<>();

    /**
     * @param desired the configuration that the alerts are about
     */
    public AlertPartResolver(DesiredConfig desired) {
        desired.backends().forEach(backend -> backends.put(backend.name(), backend));
    }

    /** The part; empty if the text names no part of the configuration. */
    public Optional<ConfigPart> in(String text) {
        Matcher server = SERVER.matcher(text);
        if (server.find()) {
            return server.group(1) != null
                    ? server(server.group(1), server.group(2))
                    : server(server.group(3), server.group(4));
        }
        Matcher backend = BACKEND.matcher(text);
        return backend.find() && backends.containsKey(backend.group(1))
                ? Optional.of(new ConfigPart.WholeBackend(backend.group(1)))
                : Optional.empty();
    }

    private Optional<ConfigPart> server(String backend, String server) {
        return Optional.ofNullable(backends.get(backend))
                .filter(spec ->
                        spec.servers().stream().anyMatch(each -> each.name().equals(server)))
                .map(spec -> new ConfigPart.Server(backend, server));
    }
}
