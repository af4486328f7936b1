package io.interlock.app.dryrun;

import io.interlock.app.config.ConfigResult;
import io.interlock.app.config.json.JsonPaths;
import io.interlock.app.config.key.ConfigKeys;
import io.interlock.app.config.problem.ConfigProblem;
import io.interlock.app.plugin.PluginLoadResult;
import java.util.List;

/** Refuses {@code tcp_ports} with a port at which a plugin listens: a container that took it would get others' connections. */
public final class TcpPortValidator {

    private TcpPortValidator() {}

    public static List<ConfigProblem> problems(PluginLoadResult loaded, ConfigResult.Valid configuration) {
        return configuration.config().containerPolicy().tcpPorts().stream()
                .flatMap(range -> loaded.ports().entrySet().stream()
                        .filter(port -> range.contains(port.getKey()))
                        .map(port -> new ConfigProblem(
                                configuration
                                        .locations()
                                        .of(JsonPaths.member(JsonPaths.ROOT, ConfigKeys.TCP_PORTS.name())),
                                "ports without " + port.getKey() + ", at which plugin " + port.getValue() + " listens",
                                range.toString())))
                .limit(1)
                .toList();
    }
}
