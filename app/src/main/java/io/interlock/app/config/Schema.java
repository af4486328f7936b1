package io.interlock.app.config;

import io.interlock.util.EditDistance;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Which keys each object of the file may have, and what an unknown one was probably meant to be. */
enum Schema {
    ROOT(
            "$",
            "port",
            "connect_timeout",
            "server_timeout",
            "client_timeout",
            "max_conn",
            "syslog_addr",
            "sysload_addr",
            "proxy_config_path",
            "pid_path",
            "stats_user",
            "stats_password",
            "engines",
            "plugins",
            "plugins_dir",
            "data_dir",
            "trusted_proxies",
            "proxy_protocol",
            "log_format",
            "error_pages_dir",
            "tcp_ports",
            "filter",
            "default",
            "tls"),
    TLS(
            "$.tls",
            "port",
            "public_port",
            "certificates_dir",
            "min_version",
            "client_ca",
            "client_auth",
            "plain_http",
            "http3",
            "acme"),
    FILTER("$.filter", "label", "name", "engine_labels"),
    ACME("$.tls.acme", "directory", "email", "terms_agreed", "dir", "ca_cert", "retry_pause"),
    ENGINE_ENTRY("$.engines[]", "engine", "ssl_cert", "ssl_key", "ca_cert"),
    ENGINE("$.engines[].engine", "id", "addr", "cpus", "memory", "labels", "mode", "managers");

    private static final int SHORTEST_PREFIX = 4;

    private final String path;

    @SuppressWarnings("ImmutableEnumChecker") // List.of cannot be changed
    private final List<String> keys;

    Schema(String path, String... keys) {
        this.path = path;
        this.keys = List.of(keys);
    }

    List<String> keys() {
        return keys;
    }

    /** What to do about a key that this object does not have. */
    Optional<String> advice(String unknown) {
        return elsewhere(unknown)
                .or(() -> similar(unknown).map(key -> "did you mean \"" + key + "\"?"))
                .or(() -> Arrays.stream(values())
                        .flatMap(schema -> schema.similar(unknown).stream().map(key -> schema.path + "." + key))
                        .findFirst()
                        .map(key -> "did you mean " + key + "?"));
    }

    private Optional<String> elsewhere(String key) {
        return Arrays.stream(values())
                .filter(schema -> schema.keys.contains(key))
                .map(schema -> "it belongs at " + schema.path + "." + key)
                .findFirst();
    }

    private Optional<String> similar(String unknown) {
        String wanted = plain(unknown);
        int limit = Math.max(1, wanted.length() / 3);
        record Candidate(String key, int distance) {}
        return keys.stream()
                .flatMap(key -> {
                    int distance = distance(wanted, plain(key));
                    return distance <= limit ? Stream.of(new Candidate(key, distance)) : Stream.empty();
                })
                .min((a, b) -> Integer.compare(a.distance(), b.distance()))
                .map(Candidate::key);
    }

    private static String plain(String key) {
        return key.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    /** Edits (a swap of neighbours is one) from one text to the other; an abbreviation is one edit away. */
    private static int distance(String a, String b) {
        if (Math.min(a.length(), b.length()) >= SHORTEST_PREFIX
                && !a.equals(b)
                && (a.startsWith(b) || b.startsWith(a))) {
            return 1;
        }
        return EditDistance.between(a, b);
    }
}
