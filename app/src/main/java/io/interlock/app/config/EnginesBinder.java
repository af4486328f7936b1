package io.interlock.app.config;

import io.interlock.app.config.EngineConfig.Mode;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Binds {@code $.engines}. */
final class EnginesBinder {

    static final String DEFAULT_ID = "local";
    static final double DEFAULT_CPUS = 1.0;
    static final long DEFAULT_MEMORY = 1_024;

    private static final double MOST_CPUS = 100_000;
    private static final Bounds MEMORY = new Bounds(1, 1L << 40, "megabytes");
    private static final String EXPECTED_ID = "1 to 64 letters, digits, _ . - beginning with a letter or digit";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");
    private static final int LONGEST_LABEL = 256;
    private static final String MODES =
            Arrays.stream(Mode.values()).map(mode -> '"' + mode.text() + '"').collect(Collectors.joining(" or "));

    private final Section root;
    private final TlsBinder tls;
    private final Problems problems;
    private final Map<String, String> pathsById = new HashMap<>();

    EnginesBinder(Section root, TlsBinder tls, Problems problems) {
        this.root = root;
        this.tls = tls;
        this.problems = problems;
    }

    /**
     * @param standard the engine to watch if the file names none
     */
    List<EngineConfig> bind(Supplier<EngineConfig> standard) {
        List<Section> entries = root.sections("engines");
        List<EngineConfig> engines = new ArrayList<>();
        entries.forEach(entry -> engines.add(engine(entry)));
        return engines.isEmpty() ? List.of(standard.get()) : engines;
    }

    private EngineConfig engine(Section entry) {
        entry.requireKnownKeys(Schema.ENGINE_ENTRY);
        Optional<Section> written = entry.section("engine");
        Section engine = written.orElseGet(() -> entry.empty("engine"));
        engine.requireKnownKeys(Schema.ENGINE);
        Optional<String> id = engine.parsed("id", EXPECTED_ID, EnginesBinder::id);
        // What is wrong with itself need not be unique too.
        if (id.isPresent() || !(engine.has("id") || (written.isEmpty() && entry.has("engine")))) {
            requireUnique(id.orElse(DEFAULT_ID), engine);
        }
        boolean certificates = entry.has("ssl_cert", "ssl_key", "ca_cert");
        Tls material = tls.bind(entry);
        URI address = engine.parsed("addr", EngineAddress.EXPECTED, text -> EngineAddress.parse(text, certificates))
                .orElse(EngineAddress.LOCAL);
        Mode mode = engine.parsed("mode", MODES, EnginesBinder::mode).orElse(Mode.AUTO);
        return new EngineConfig(
                id.orElse(DEFAULT_ID),
                address,
                engine.positiveNumber("cpus", MOST_CPUS).orElse(DEFAULT_CPUS),
                engine.wholeNumber("memory", MEMORY).orElse(DEFAULT_MEMORY),
                engine.texts("labels", EnginesBinder::label),
                material.certificate(),
                material.key(),
                material.ca(),
                mode,
                managers(engine, mode, certificates));
    }

    private List<URI> managers(Section engine, Mode mode, boolean certificates) {
        List<URI> managers = engine.texts("managers", text -> EngineAddress.parse(text, certificates));
        if (!managers.isEmpty() && mode != Mode.SWARM) {
            problems.add(
                    engine.place("managers"),
                    "nothing, unless mode is \"swarm\"",
                    managers.size() + (managers.size() == 1 ? " address" : " addresses"));
            return List.of();
        }
        return managers;
    }

    private static Parsed<Mode> mode(String text) {
        return Arrays.stream(Mode.values())
                .filter(mode -> mode.text().equals(text))
                .findFirst()
                .map(Parsed::good)
                .orElseGet(() -> Parsed.bad(MODES));
    }

    private void requireUnique(String id, Section engine) {
        String first = pathsById.putIfAbsent(id, engine.path());
        if (first != null) {
            problems.add(
                    engine.place("id"),
                    "an id of its own for each engine",
                    Shown.text(id) + ", which " + first + " has too");
        }
    }

    private static Parsed<String> id(String text) {
        return ID.matcher(text).matches() ? Parsed.good(text) : Parsed.bad(EXPECTED_ID);
    }

    private static Parsed<String> label(String text) {
        boolean good = !text.isBlank()
                && text.length() <= LONGEST_LABEL
                && text.chars().noneMatch(Character::isISOControl);
        return good ? Parsed.good(text) : Parsed.bad("1 to " + LONGEST_LABEL + " printable characters");
    }
}
