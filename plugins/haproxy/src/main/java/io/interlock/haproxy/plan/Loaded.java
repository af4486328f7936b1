package io.interlock.haproxy.plan;

import io.interlock.haproxy.plan.Served.ServerKey;
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
public record Loaded(
        String revision,
        Frame frame,
        List<BackendSpec> backends,
        List<Spare> spares,
        Map<ServerKey, Long> checkIntervals) {
    public Loaded {
        backends = List.copyOf(backends);
        spares = List.copyOf(spares);
        checkIntervals = Map.copyOf(checkIntervals);
    }

    /** What has just been loaded. */
    public static Loaded of(String revision, Wanted wanted, List<Spare> spares) {
        Map<ServerKey, Long> intervals = new HashMap<>();
        for (BackendSpec backend : wanted.backends()) {
            backend.servers()
                    .forEach(server ->
                            intervals.put(new ServerKey(backend.name(), server.name()), server.checkInterval()));
        }
        return new Loaded(revision, wanted.frame(), wanted.backends(), spares, intervals);
    }

    /** The directives by place. */
    Map<String, List<String>> declared() {
        Map<String, List<String>> declared = new HashMap<>();
        backends.forEach(backend -> declared.put(backend.name(), backend.directives()));
        spares.forEach(spare -> declared.put(spare.name(), spare.declaration().directives()));
        return declared;
    }

    /** What a worker has that has just loaded it, apart from lines of maps that lead to backends. */
    public Served served() {
        return Served.loaded(new Wanted(frame, backends, List.of()), spares);
    }
}
