package io.interlock.haproxy.plan;

import io.interlock.haproxy.model.BackendSpec;
import io.interlock.haproxy.model.DesiredConfig;
import io.interlock.haproxy.model.GlobalConfig;
import io.interlock.haproxy.model.ServerTraits;
import io.interlock.haproxy.model.SpareBackend;
import io.interlock.haproxy.plan.ProxyState.ServerKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Declarations of the configuration that a worker has loaded, without the changes at run time since.
 *
 * @param revision identifies the configuration
 * @param frame everything besides backends and maps
 * @param backends with their servers
 * @param spares the spare backends
 * @param traits the traits of every server that has existed at any time since the load
 * @param added the section of defaults of every backend that was added at any time since the load; HAProxy may have deleted it
 */
public record LoadedConfig(
        String revision,
        GlobalConfig frame,
        List<BackendSpec> backends,
        List<SpareBackend> spares,
        Map<ServerKey, ServerTraits> traits,
        Map<String, String> added) {
    public LoadedConfig {
        backends = List.copyOf(backends);
        spares = List.copyOf(spares);
        traits = Map.copyOf(traits);
        added = Map.copyOf(added);
    }

    /** Creates the record of a configuration that was just loaded. */
    public static LoadedConfig of(String revision, DesiredConfig desired, List<SpareBackend> spares) {
        Map<ServerKey, ServerTraits> traits = new HashMap<>();
        for (BackendSpec backend : desired.backends()) {
            backend.servers()
                    .forEach(server -> traits.put(new ServerKey(backend.name(), server.name()), server.traits()));
        }
        return new LoadedConfig(revision, desired.frame(), desired.backends(), spares, traits, Map.of());
    }

    /**
     * The directives by place.
     *
     * @param there the names of HAProxy's backends
     */
    Map<String, List<String>> directivesByPlace(Set<String> there) {
        Map<String, List<String>> declared = new HashMap<>();
        backends.forEach(backend -> declared.put(backend.name(), backend.directives()));
        Map<String, List<String>> defaults = new HashMap<>();
        spares.forEach(spare -> (spare.defaults() ? defaults : declared)
                .put(spare.name(), spare.declaration().directives()));
        added.forEach((place, section) -> {
            if (there.contains(place) && defaults.containsKey(section)) {
                declared.put(place, defaults.get(section));
            }
        });
        return declared;
    }

    /** The state of a worker that has just loaded this, without the lines of maps that lead to backends. */
    public ProxyState initialState() {
        return ProxyState.loaded(new DesiredConfig(frame, backends, List.of()), spares);
    }
}
