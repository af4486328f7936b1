package io.interlock.app.topology;

import io.interlock.util.EditDistance;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a container may say in INTERLOCK_DATA and in labels {@code interlock.FIELD}. */
public enum Field {
    HOSTNAME,
    DOMAIN,
    ALIAS_DOMAINS(Kind.LIST, "alias_domain"),
    PORT,
    NETWORK,
    WEIGHT,
    PATH(Kind.ONE, "context_root"),
    STRIP_PATH(Kind.ONE, "context_root_rewrite"),
    MODE,
    LISTEN,
    PRIORITY,
    MATCH_HEADERS(Kind.LIST),
    MATCH_COOKIES(Kind.LIST),
    MATCH_QUERY(Kind.LIST),
    MATCH_METHODS(Kind.LIST),
    MATCH_CLIENTS(Kind.LIST),
    DEFAULT,
    BACKUP,
    RELEASE,
    HEALTHCHECK,
    WARM,
    CHECK(Kind.ONE, "health_check"),
    CHECK_STATUS,
    CHECK_HEADERS(Kind.SECRETS),
    CHECK_RISE,
    CHECK_FALL,
    SLOW_START,
    BACKEND_OPTIONS(Kind.LIST, "backend_option"),
    CHECK_INTERVAL(Kind.ONE, "health_check_interval"),
    TLS,
    TLS_MIN_VERSION,
    SSL_CERT,
    SSL_ONLY,
    HSTS,
    ALLOW(Kind.LIST),
    DENY(Kind.LIST),
    RATE_LIMIT,
    MAX_BODY,
    BASIC_AUTH(Kind.SECRETS),
    MAINTENANCE,
    REDIRECT_ALIASES,
    REDIRECTS(Kind.LIST),
    CORS_ORIGINS(Kind.LIST),
    CORS_METHODS(Kind.LIST),
    CORS_HEADERS(Kind.LIST),
    CORS_CREDENTIALS,
    CORS_MAX_AGE,
    REQUEST_HEADERS(Kind.SECRETS),
    RESPONSE_HEADERS(Kind.LIST),
    REQUEST_ID,
    COMPRESSION,
    ERROR_PAGES,
    ACCESS_LOG,
    BALANCE(Kind.ONE, "balance_algorithm"),
    IP_HASH,
    STICKY,
    CONNECT_TIMEOUT,
    SERVER_TIMEOUT,
    TUNNEL_TIMEOUT,
    RETRIES,
    RETRY_ON(Kind.LIST),
    MAX_CONN,
    PROTO,
    SSL_BACKEND,
    SSL_BACKEND_TLS_VERIFY,
    SEND_PROXY;

    /** What its value is. */
    private enum Kind {
        ONE,
        LIST,
        /** A list of what nobody is to read. */
        SECRETS
    }

    private final String key = name().toLowerCase(Locale.ROOT);
    private final Kind kind;
    private final Optional<String> oldName;

    Field() {
        this(Kind.ONE);
    }

    Field(Kind kind) {
        this.kind = kind;
        oldName = Optional.empty();
    }

    /**
     * @param oldName what it was called in Interlock 1.x
     */
    Field(Kind kind, String oldName) {
        this.kind = kind;
        this.oldName = Optional.of(oldName);
    }

    /** What it is called in the data. */
    public String key() {
        return key;
    }

    boolean isList() {
        return kind != Kind.ONE;
    }

    /** Whether what stands there must not be shown. */
    boolean isSecret() {
        return kind == Kind.SECRETS;
    }

    /**
     * Whether somebody relies on being protected by it, if only from requests that are meant for others: whoever gets it wrong is not
     * served, since that might be unsafe.
     */
    boolean protects() {
        return switch (this) {
            case SSL_ONLY, ALLOW, DENY, RATE_LIMIT, MAX_BODY, BASIC_AUTH, SSL_BACKEND -> true;
            case MATCH_HEADERS, MATCH_COOKIES, MATCH_QUERY, MATCH_METHODS, MATCH_CLIENTS -> true;
            default -> false;
        };
    }

    /** What it may be called; what comes first wins, or of a list comes first. */
    List<String> names() {
        return oldName.map(old -> List.of(key, old)).orElse(List.of(key));
    }

    /** Which field this is the key of, by today's name or that of earlier versions. */
    static Optional<Field> ofKey(String key) {
        return Arrays.stream(values())
                .filter(field -> field.names().contains(key))
                .findFirst();
    }

    /** What somebody who wrote this probably meant. */
    static Optional<Field> closest(String written) {
        return Arrays.stream(values())
                .filter(field -> Spelling.isClose(written, field.key))
                .min(Comparator.comparingInt(field -> EditDistance.between(written, field.key)));
    }
}
