package io.interlock.app.topology;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a container may say in INTERLOCK_DATA and in labels {@code interlock.FIELD}. */
enum Field {
    HOSTNAME,
    DOMAIN,
    ALIAS_DOMAINS("alias_domain"),
    PORT,
    WARM,
    CHECK,
    BACKEND_OPTIONS("backend_option"),
    CHECK_INTERVAL,
    TLS,
    TLS_MIN_VERSION,
    SSL_CERT;

    private final String key = name().toLowerCase(Locale.ROOT);
    private final Optional<String> singular;

    Field() {
        singular = Optional.empty();
    }

    /** A list, whose labels may also have the singular as their name, as Interlock 1.x had it. */
    Field(String singular) {
        this.singular = Optional.of(singular);
    }

    /** What it is called in the data. */
    String key() {
        return key;
    }

    boolean isList() {
        return singular.isPresent();
    }

    /** What it may be called in labels. */
    List<String> labelKeys() {
        return singular.map(one -> List.of(key, one)).orElse(List.of(key));
    }

    static Optional<Field> ofKey(String key) {
        return Arrays.stream(values()).filter(field -> field.key.equals(key)).findFirst();
    }

    /** The key that somebody who wrote this probably meant. */
    static Optional<String> closestKey(String written) {
        return Arrays.stream(values())
                .map(Field::key)
                .filter(key -> Spelling.isClose(written, key))
                .findFirst();
    }
}
