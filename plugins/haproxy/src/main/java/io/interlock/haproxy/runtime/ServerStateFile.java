package io.interlock.haproxy.runtime;

import io.interlock.haproxy.model.BackendSpec;
import io.interlock.haproxy.model.DesiredConfig;
import io.interlock.haproxy.model.ServerSpec;
import io.interlock.haproxy.plan.ObservedState.ObservedServer;
import io.interlock.util.ErrorMessages;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * State that a worker passes to its successor at a reload: the servers that are down. Everything else about servers is
 * in the configuration. Without this file every server would get requests until its first check fails.
 */
public final class ServerStateFile {

    private static final Logger log = LoggerFactory.getLogger("haproxy");

    /** Content of a file without servers. */
    public static final String NONE = "1\n";

    private static final RuntimeCommand ALL = RuntimeCommand.talking("show servers state");
    private static final int BACKEND = 1;
    private static final int NAME = 3;
    private static final int OPERATIONAL_STATE = 5;
    private static final int ADMIN_STATE = 6;
    private static final String DOWN = "0";
    private static final String IN_SERVICE = "0";

    private ServerStateFile() {}

    /** The content for a reload to the configuration. If HAProxy cannot be asked, no server counts as down. */
    public static String of(RuntimeApi api, DesiredConfig desired, Map<String, String> moved)
            throws InterruptedException {
        try {
            long worker = api.worker().pid();
            return text(api.run(worker, List.of(ALL)).getFirst(), desired, moved);
        } catch (IOException e) {
            log.warn("it is not known which servers are down, a reload forgets it: {}", ErrorMessages.reason(e));
            return NONE;
        }
    }

    /** The content for HAProxy's answer. */
    static String text(String answer, DesiredConfig desired, Map<String, String> moved) {
        Map<String, ServerSpec> specs = new HashMap<>();
        for (BackendSpec backend : desired.backends()) {
            backend.servers().forEach(server -> specs.put(backend.name() + "/" + server.name(), server));
        }
        Map<String, Map<String, ObservedServer>> servers = ServerStateTable.parse(answer);
        StringBuilder text = new StringBuilder();
        for (String line : answer.lines().toList()) {
            String[] fields = line.split(" ");
            if (isDown(fields)) {
                String place = fields[BACKEND];
                fields[BACKEND] = moved.getOrDefault(place, place);
                Optional.ofNullable(specs.get(fields[BACKEND] + "/" + fields[NAME]))
                        // At another address the server may be up.
                        .filter(spec -> Optional.ofNullable(
                                        servers.getOrDefault(place, Map.of()).get(spec.name()))
                                .filter(server -> server.hasEndpointOf(spec))
                                .isPresent())
                        .ifPresent(spec -> text.append(String.join(" ", fields)).append('\n'));
            }
        }
        return text.isEmpty() ? NONE : head(answer) + text;
    }

    /** The version and the names of the fields. */
    private static String head(String answer) {
        return answer.lines()
                .takeWhile(line -> line.startsWith("#") || !line.contains(" "))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private static boolean isDown(String[] fields) {
        return fields.length > ADMIN_STATE
                && fields[OPERATIONAL_STATE].equals(DOWN)
                && fields[ADMIN_STATE].equals(IN_SERVICE);
    }
}
