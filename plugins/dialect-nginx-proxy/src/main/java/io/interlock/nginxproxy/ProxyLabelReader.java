package io.interlock.nginxproxy;

import io.interlock.api.dialect.DialectField;
import io.interlock.api.dialect.DialectFinding.Effect;
import io.interlock.api.dialect.DialectInput;
import java.util.Optional;
import java.util.Set;

/** Reads the labels of nginx-proxy. */
final class ProxyLabelReader {

    static final String PREFIX = "com.github.nginx-proxy.nginx-proxy.";
    private static final String REDIRECT = PREFIX + "non-get-redirect";
    private static final Set<String> STATUSES = Set.of("301", "302", "307", "308");

    /** Labels that are for the proxy's own containers, or for people. */
    private static final Set<String> OF_NO_MEANING = Set.of("nginx", "debug-endpoint", "non-get-redirect");

    private final DialectInput container;
    private final TranslationBuilder out;

    ProxyLabelReader(DialectInput container, TranslationBuilder out) {
        this.container = container;
        this.out = out;
    }

    /** The status of a redirect to HTTPS, if a label gives it. */
    Optional<DialectField> redirectStatus() {
        return Optional.ofNullable(container.labels().get(REDIRECT))
                .map(String::strip)
                .filter(STATUSES::contains)
                .map(status -> DialectField.of(REDIRECT, status));
    }

    void read() {
        container.labels().forEach((label, value) -> {
            if (label.startsWith(PREFIX)) {
                read(label, label.substring(PREFIX.length()), value.strip());
            }
        });
    }

    private void read(String label, String key, String value) {
        switch (key) {
            case "loadbalance" -> balance(label, value);
            case "keepalive" -> {
                if (value.equals("disabled")) {
                    out.field("backend_options", label, "http-server-close");
                }
            }
            case "ssl_verify_client" -> {
                if (!value.equals("off") && !value.isEmpty()) {
                    out.found(
                            Effect.LEFT_OUT,
                            label,
                            value,
                            "asks for certificates of clients, for which there is no field; served to all it might not be safe",
                            "protect the container with allow or basic_auth, and remove the label");
                }
            }
            case "http2.enable" -> {
                if (value.equals("false")) {
                    out.found(Effect.LOST, label, value, "Interlock decides about HTTP/2 for all names", "");
                }
            }
            default -> {
                if (!OF_NO_MEANING.contains(key)) {
                    out.found(Effect.LOST, label, value, "has no field", "");
                }
            }
        }
    }

    private void balance(String label, String value) {
        String directive = value.replaceFirst(";\\s*$", "").strip();
        Optional<String> balance = Optional.ofNullable(
                switch (directive.split("\\s+", 2)[0]) {
                    case "least_conn" -> "leastconn";
                    case "ip_hash" -> "source";
                    case "random" -> "random";
                    case "round_robin", "" -> "roundrobin";
                    case "hash" ->
                        directive.matches("hash\\s+\\$(?:binary_)?remote_addr.*")
                                ? "source"
                                : directive.matches("hash\\s+\\$(?:request_uri|uri).*") ? "uri" : null;
                    default -> null;
                });
        balance.ifPresentOrElse(
                known -> out.field("balance", label, known),
                () -> out.found(
                        Effect.LOST,
                        label,
                        value,
                        "is a way to choose a container that Interlock does not have; each gets requests in turn",
                        "give interlock.balance"));
    }
}
