package io.interlock.app.config.accesslog;

import java.util.Locale;

/** Field of a JSON line, in the usual order. */
public enum AccessLogField {
    TIME,
    CLIENT,
    CLIENT_PORT,
    METHOD,
    HOST,
    URI,
    VERSION,
    STATUS,
    BYTES_READ,
    BYTES_UPLOADED,
    USER_AGENT,
    REFERER,
    FRONTEND,
    BACKEND,
    SERVER,
    TLS,
    TIME_REQUEST,
    TIME_QUEUE,
    TIME_CONNECT,
    TIME_RESPONSE,
    TIME_ACTIVE,
    RETRIES,
    TERMINATION,
    REQUEST_ID,
    TRACEPARENT;

    /** The key in JSON. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
