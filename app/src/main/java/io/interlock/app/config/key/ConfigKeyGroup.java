package io.interlock.app.config.key;

import io.interlock.util.EditDistance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The keys of one kind of object in the configuration file. Only {@link ConfigKeys} adds keys. */
public final class ConfigKeyGroup {

    static final String FILE_SUFFIX = "_file";
    private static final int SHORTEST_PREFIX = 4;

    private final String path;
    private final List<ConfigKey<?>> keys = new ArrayList<>();

    /**
     * @param path the JSON path of such an object, with {@code []} for an element of a list
     */
    ConfigKeyGroup(String path) {
        this.path = path;
    }

    public String path() {
        return path;
    }

    /** Returns all keys, in the order of the documentation. */
    public List<ConfigKey<?>> keys() {
        return List.copyOf(keys);
    }

    /** Declares a key. */
    <T> ConfigKey<T> key(String name, ValueType<T> type, ConfigKey.Default standard, String doc) {
        return add(new ConfigKey<>(name, path + "." + name, type, standard, false, doc));
    }

    /** Declares a key whose value no message shows, and the key that names a file with the value. */
    <T> ConfigKey<T> secret(String name, ValueType<T> type, ConfigKey.Default standard, String doc) {
        ConfigKey<T> secret = add(new ConfigKey<>(name, path + "." + name, type, standard, true, doc));
        ConfigKey<Path> unused = key(
                secret.fileKey(),
                PathTypes.anyPath(),
                ConfigKey.Default.NONE,
                "The path of a file with `" + name + "`, instead of the value, see [secrets](#secrets).");
        return secret;
    }

    private <T> ConfigKey<T> add(ConfigKey<T> key) {
        if (has(key.name())) {
            throw new IllegalStateException(key.path() + " is declared twice");
        }
        keys.add(key);
        return key;
    }

    boolean has(String name) {
        return keys.stream().anyMatch(key -> key.name().equals(name));
    }

    /** Returns advice about a key that this object does not have: where it belongs, or which key was probably meant. */
    Optional<String> advice(String unknown) {
        return elsewhere(unknown)
                .or(() -> similar(unknown).map(key -> "did you mean \"" + key + "\"?"))
                .or(() -> ConfigKeys.sections().stream()
                        .flatMap(section -> section.similar(unknown).stream().map(key -> section.path + "." + key))
                        .findFirst()
                        .map(key -> "did you mean " + key + "?"));
    }

    private static Optional<String> elsewhere(String name) {
        return ConfigKeys.sections().stream()
                .filter(section -> section.has(name))
                .map(section -> "it belongs at " + section.path + "." + name)
                .findFirst();
    }

    private Optional<String> similar(String unknown) {
        String desired = plain(unknown);
        int limit = Math.max(1, desired.length() / 3);
        record Candidate(String name, int distance) {}
        return keys.stream()
                .flatMap(key -> {
                    int distance = distance(desired, plain(key.name()));
                    return distance <= limit ? Stream.of(new Candidate(key.name(), distance)) : Stream.empty();
                })
                .min(Comparator.comparingInt(Candidate::distance)
                        .thenComparingInt(
                                candidate -> Math.abs(plain(candidate.name()).length() - desired.length())))
                .map(Candidate::name);
    }

    private static String plain(String key) {
        return key.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    /**
     * Returns the number of edits from one text to the other, where a swap of neighbours is one edit. An abbreviation
     * is one edit away.
     */
    private static int distance(String a, String b) {
        if (Math.min(a.length(), b.length()) >= SHORTEST_PREFIX
                && !a.equals(b)
                && (a.startsWith(b) || b.startsWith(a))) {
            return 1;
        }
        return EditDistance.between(a, b);
    }
}
