package io.interlock.app.config.reader;

import io.interlock.app.config.EngineConfig;
import io.interlock.app.config.EngineConfig.Mode;
import io.interlock.app.config.EngineNetworkConfig;
import io.interlock.app.config.EngineTls;
import io.interlock.app.config.key.ConfigKeys;
import io.interlock.app.config.key.ConfigSection;
import io.interlock.app.config.problem.ConfigValueFormatter;
import io.interlock.app.config.value.EngineAddressParser;
import io.interlock.util.CountText;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Binds {@code $.engines}. */
final class EngineConfigBinder {

    private static final int MAX_ENGINES = 1_000;

    private final ConfigSection root;
    private final EngineTlsBinder tls;
    private final Map<String, String> pathsById = new HashMap<>();

    EngineConfigBinder(ConfigSection root, EngineTlsBinder tls) {
        this.root = root;
        this.tls = tls;
    }

    /**
     * @param standard the engine to watch if the file names none
     */
    List<EngineConfig> bind(Supplier<EngineConfig> standard) {
        List<ConfigSection> written = root.valueOf(ConfigKeys.ENGINES);
        if (written.size() > MAX_ENGINES) {
            root.wrong(
                    ConfigKeys.ENGINES, "at most " + MAX_ENGINES + " engines", CountText.of(written.size(), "engine"));
        }
        List<EngineConfig> engines = new ArrayList<>();
        written.stream().limit(MAX_ENGINES).forEach(entry -> engines.add(engine(entry)));
        return engines.isEmpty() ? List.of(standard.get()) : engines;
    }

    private EngineConfig engine(ConfigSection entry) {
        Optional<ConfigSection> written = entry.get(ConfigKeys.ENTRY_ENGINE);
        ConfigSection engine = written.orElseGet(() -> entry.empty(ConfigKeys.ENTRY_ENGINE));
        Optional<String> id = engine.get(ConfigKeys.ENGINE_ID);
        // An invalid id is already a problem and needs no check for uniqueness.
        boolean wrong = engine.has(ConfigKeys.ENGINE_ID) || (written.isEmpty() && entry.has(ConfigKeys.ENTRY_ENGINE));
        if (id.isPresent() || !wrong) {
            requireUnique(id.orElseGet(ConfigKeys.ENGINE_ID::standardValue), engine);
        }
        boolean certificates = entry.has(ConfigKeys.ENTRY_SSL_CERT, ConfigKeys.ENTRY_SSL_KEY, ConfigKeys.ENTRY_CA_CERT);
        EngineTls material = tls.bind(entry);
        Mode mode = engine.valueOf(ConfigKeys.ENGINE_MODE);
        return new EngineConfig(
                id.orElseGet(ConfigKeys.ENGINE_ID::standardValue),
                engine.get(ConfigKeys.ENGINE_ADDR, text -> EngineAddressParser.parse(text, certificates))
                        .orElse(EngineAddressParser.LOCAL),
                engine.valueOf(ConfigKeys.ENGINE_CPUS),
                engine.valueOf(ConfigKeys.ENGINE_MEMORY),
                engine.valueOf(ConfigKeys.ENGINE_LABELS),
                material.certificate(),
                material.key(),
                material.ca(),
                mode,
                managers(engine, mode, certificates),
                new EngineNetworkConfig(
                        engine.valueOf(ConfigKeys.ENGINE_ROUTED_NETWORKS),
                        engine.get(ConfigKeys.ENGINE_PUBLISHED_ADDRESS)));
    }

    private static List<URI> managers(ConfigSection engine, Mode mode, boolean certificates) {
        List<URI> managers =
                engine.texts(ConfigKeys.ENGINE_MANAGERS, text -> EngineAddressParser.parse(text, certificates));
        if (!managers.isEmpty() && mode != Mode.SWARM) {
            engine.wrong(
                    ConfigKeys.ENGINE_MANAGERS,
                    "nothing, unless mode is \"swarm\"",
                    CountText.of(managers.size(), "address", "addresses"));
            return List.of();
        }
        return managers;
    }

    private void requireUnique(String id, ConfigSection engine) {
        String first = pathsById.putIfAbsent(id, engine.path());
        if (first != null) {
            engine.wrong(
                    ConfigKeys.ENGINE_ID,
                    "an id of its own for each engine",
                    ConfigValueFormatter.text(id) + ", which " + first + " has too");
        }
    }
}
