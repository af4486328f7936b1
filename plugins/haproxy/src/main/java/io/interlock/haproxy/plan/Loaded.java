package io.interlock.haproxy.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the configuration declares that a worker has loaded, whatever it was told since.
 *
 * @param frame everything besides backends and maps
 * @param backends with their servers
 * @param spares the spare backends
 */
public record Loaded(Frame frame, List<BackendSpec> backends, List<Spare> spares) {
    public Loaded {
        backends = List.copyOf(backends);
        spares = List.copyOf(spares);
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
