package io.interlock.haproxy.plan;

import io.interlock.haproxy.model.BackendSpec;
import io.interlock.haproxy.model.DesiredConfig;
import io.interlock.haproxy.model.GlobalConfig;
import io.interlock.haproxy.model.SpareBackend;
import io.interlock.haproxy.plan.ProxyState.ServerKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the configuration declares that a worker has loaded, whatever it was told since.
 *
 * @param revision names the configuration
 * @param frame everything besides backends and maps
 * @param backends with their servers
 * @param spares the spare backends
 * @param checkIntervals of every server that was there at any time since, in milliseconds: HAProxy does not tell them
 */
public record LoadedConfig(
        String revision,
        GlobalConfig frame,
        List<BackendSpec> backends,
        List<SpareBackend> spares,
        Map<ServerKey, Long> checkIntervals) {
    public LoadedConfig {
        backends = List.copyOf(backends);
        spares = List.copyOf(spares);
        checkIntervals = Map.copyOf(checkIntervals);
    }

    /** What has just been loaded. */
    public static LoadedConfig of(String revision, DesiredConfig wanted, List<SpareBackend> spares) {
        Map<ServerKey, Long> intervals = new HashMap<>();
        for (BackendSpec backend : wanted.backends()) {
            backend.servers()
                    .forEach(server ->
                            intervals.put(new ServerKey(backend.name(), server.name()), server.checkInterval()));
        }
        return new LoadedConfig(revision, wanted.frame(), wanted.backends(), spares, intervals);
    }

    /** The directives by place. */
    Map<String, List<String>> directivesByPlace() {
        Map<String, List<String>> declared = new HashMap<>();
        backends.forEach(backend -> declared.put(backend.name(), backend.directives()));
        spares.forEach(spare -> declared.put(spare.name(), spare.declaration().directives()));
        return declared;
    }

    /** What a worker has that has just loaded it, apart from lines of maps that lead to backends. */
    public ProxyState initialState() {
        return ProxyState.loaded(new DesiredConfig(frame, backends, List.of()), spares);
    }
}
