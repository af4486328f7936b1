package io.interlock.haproxy.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The reasons for which the listener answers a request by itself, because HAProxy and an application could read it differently. Each
 * has a backend of its own that answers, so that HAProxy's log names the reason and its counters count it.
 */
public enum RequestRefusal {
    /** The method is {@code CONNECT}. */
    METHOD(405, "CONNECT is not served here."),
    /** The host is not one name or address with an optional port, or the request has none. */
    HOST(400, "The Host of this request is not one name or address with an optional port."),
    /** The path has no normal form. */
    PATH(400, "The path of this request has an encoding that is not allowed for this name."),
    /** The path leads elsewhere once its parameters are cut off. */
    PATH_PARAMETER(400, "The path of this request has a parameter that is not allowed here."),
    /** The path is too long for regular expressions, and routes of the name have some. */
    LONG_PATH(414, "The path of this request is longer than 1024 characters, the most for this name."),
    /** The request did not come over TLS, and only such requests are served. */
    PLAIN_HTTP(403, "This is served by https only."),
    /** A redirect to HTTPS would need a host. */
    PLAIN_HTTP_WITHOUT_HOST(400, "This is served by https only, and the request has no Host.");

    private static final String PREFIX = "interlock.refused.";

    private static final Map<String, RequestRefusal> BY_BACKEND =
            Arrays.stream(values()).collect(Collectors.toMap(RequestRefusal::backend, Function.identity()));

    private final int status;
    private final String text;

    RequestRefusal(int status, String text) {
        this.status = status;
        this.text = text;
    }

    /** The status of the answer. */
    public int status() {
        return status;
    }

    /** The text of the answer, one sentence. */
    public String text() {
        return text;
    }

    /** The name in metrics: lower case, with hyphens. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The name of the backend that answers. */
    public String backend() {
        return PREFIX + label();
    }

    /** The reason that the backend of this name stands for; nothing for other backends. */
    public static Optional<RequestRefusal> ofBackend(String name) {
        return Optional.ofNullable(BY_BACKEND.get(name));
    }

    /** Lines of a listener that hand a request to the backend that refuses it, and skip all later rules. */
    public List<String> when(String condition) {
        return List.of(
                "http-request set-var(txn.backend) str(" + backend() + ") if " + condition,
                "http-request allow if { var(txn.backend) -m str " + backend() + " }");
    }
}
