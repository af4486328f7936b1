package io.interlock.bench.fuzz;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Generates data of containers, half sensible and half hostile: documents for {@code INTERLOCK_DATA}, and labels. Every
 * hostile text that tries to become a separate line contains {@link #EVIL}.
 */
final class ContainerDataGenerator {

    /** Begins texts that must never be a directive, a section or a name in HAProxy's configuration. */
    static final String EVIL = "evil";

    private static final String HASH = "$5$abc$qsg6EHbUzHQzF1POlD7zUwBINSELQxypPaeDcZe6vH0";

    private static final List<String> HOSTILE = List.of(
            "a\nevil server x 1.2.3.4:80",
            "a\r\nevil x",
            "' evil '",
            "\" evil \"",
            "\\\nevil",
            "\\' evil",
            "# evil",
            "%[env(HOME)] evil",
            "%{+Q}[evil]",
            "${HOME} evil",
            "$(evil)",
            "} evil {",
            "if evil",
            "evil\u0000",
            "\u202eevil",
            "\ud800",
            "",
            " ",
            "*",
            "-f",
            "unix@/var/run/evil.sock",
            "x ".repeat(200),
            "y".repeat(3000));

    /** Elements that each field accepts, as JSON. */
    private static final Map<String, List<String>> SENSIBLE = sensible();

    private static final List<String> FIELDS = List.copyOf(SENSIBLE.keySet());

    private final RandomGenerator random;

    ContainerDataGenerator(RandomGenerator random) {
        this.random = random;
    }

    /** A document, which is sometimes not well-formed. */
    String document() {
        StringBuilder document = new StringBuilder("{").append(fields());
        if (random.nextInt(6) == 0) {
            document.append(document.length() > 1 ? "," : "").append("\"routes\":[");
            for (int i = random.nextInt(4); i >= 0; i--) {
                document.append('{').append(fields()).append('}').append(i > 0 ? "," : "");
            }
            document.append(']');
        }
        document.append('}');
        if (random.nextInt(50) == 0) {
            document.deleteCharAt(random.nextInt(document.length()));
        }
        return document.toString();
    }

    private String fields() {
        Map<String, String> fields = new TreeMap<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            String field = pick(FIELDS);
            fields.put(field, random.nextInt(12) == 0 ? hostile() : pick(SENSIBLE.get(field)));
        }
        StringBuilder text = new StringBuilder();
        fields.forEach((field, value) -> text.append(text.isEmpty() ? "" : ",")
                .append(quoted(field))
                .append(':')
                .append(value));
        return text.toString();
    }

    /** Labels by full name. */
    Map<String, String> labels() {
        Map<String, String> labels = new TreeMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            String field = pick(FIELDS);
            String prefix = random.nextInt(4) == 0 ? "interlock.routes.r" + random.nextInt(3) + "." : "interlock.";
            String value = random.nextInt(12) == 0 ? pick(HOSTILE) : plain(pick(SENSIBLE.get(field)));
            labels.put(prefix + field + (random.nextInt(4) == 0 ? ".0" : ""), value);
        }
        return labels;
    }

    /** A hostname, in most cases its own. */
    String hostname(int number) {
        return switch (random.nextInt(12)) {
            case 0 -> pick(HOSTILE);
            case 1 -> "shared" + random.nextInt(5) + ".example.com";
            default -> "c" + number + ".example.com";
        };
    }

    private String hostile() {
        String text = quoted(pick(HOSTILE));
        return switch (random.nextInt(4)) {
            case 0 -> "[" + text + "]";
            case 1 -> "[" + quoted("X-A: " + pick(HOSTILE)) + "]";
            case 2 -> quoted("/" + pick(HOSTILE));
            default -> text;
        };
    }

    private static String plain(String json) {
        return json.replaceAll("^\\[?\"?|\"?]?$", "").replace("\\\\", "\\").replace("\",\"", ",");
    }

    private static String quoted(String text) {
        return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static Map<String, List<String>> sensible() {
        Map<String, List<String>> values = new TreeMap<>();
        String evilHeader = "[\"X-A: it's \\\"evil\\\" 100% # $HOME \\\\\"]";
        values.put("alias_domains", List.of("[\"a.example.org\",\"*.b.example.org\"]", "[\"~^x[0-9]+\\\\.example$\"]"));
        values.put("port", List.of("80", "\"81\""));
        values.put("weight", List.of("0", "5", "256"));
        values.put("path", List.of("\"/api\"", "\"/a.b/c~d/$&'()\"", "\"/%20\""));
        values.put("path_match", List.of("\"exact\"", "\"prefix\""));
        values.put("strip_path", List.of("true"));
        values.put("mode", List.of("\"tcp\"", "\"tls\"", "\"http\""));
        values.put("listen", List.of("5432", "5443"));
        values.put("priority", List.of("-3", "7"));
        values.put("match_headers", List.of(evilHeader, "[\"X-Canary\"]"));
        values.put("match_cookies", List.of("[\"a='evil\\\"\"]", "[\"b\"]"));
        values.put("match_query", List.of("[\"q=%[evil]\"]"));
        values.put("match_paths", List.of("[\"/api/v[0-9]+/.*\", \".*\\\\.php\"]", "[\"^/(a|b)?.*$\"]"));
        values.put("match_methods", List.of("[\"GET\",\"POST\"]"));
        values.put("match_clients", List.of("[\"10.0.0.0/8\",\"2001:db8::/32\"]"));
        values.put("default", List.of("true"));
        values.put("backup", List.of("true"));
        values.put("release", List.of("1", "\"7\""));
        values.put("retries", List.of("0", "3"));
        values.put("retry_on", List.of("[\"connect\",503]"));
        values.put("trace_context", List.of("\"pass\"", "\"begin\"", "\"restart\"", "\"Begin\""));
        values.put("trace_sampled", List.of("0", "10", "100", "101"));
        values.put("upgrade", List.of("[\"tcp\"]", "[\"SPDY/3.1\",\"h2c\"]"));
        values.put("redirects", List.of("[\"/old /new%20(x)\",\"/d/* https://d.example/*\"]"));
        values.put("healthcheck", List.of("false"));
        values.put("check", List.of("\"httpchk GET /health\"", "\"pgsql-check user x\"", "\"httpchk GET /%[evil]#'\""));
        values.put("check_interval", List.of("1000"));
        values.put("check_status", List.of("204", "\"200-299\""));
        values.put("check_headers", List.of(evilHeader));
        values.put("check_rise", List.of("2"));
        values.put("check_fall", List.of("5"));
        values.put("slow_start", List.of("5000"));
        values.put("backend_options", List.of("[\"httpclose\"]", "[\"forwardfor except 10.0.0.0/8\",\"forceclose\"]"));
        values.put("ssl_only", List.of("true", "301"));
        values.put("hsts", List.of("true"));
        values.put("allow", List.of("[\"10.0.0.0/8\"]"));
        values.put("deny", List.of("[\"192.0.2.0/24\",\"2001:db8::1\"]"));
        values.put("rate_limit", List.of("\"100/s\"", "\"6/m\""));
        values.put("max_body", List.of("\"10m\"", "5"));
        values.put("basic_auth", List.of("[\"alice:" + HASH + "\"]"));
        values.put("maintenance", List.of("true", "60"));
        values.put("redirect_aliases", List.of("true"));
        values.put("cors_origins", List.of("[\"https://app.example.com\"]", "[\"*\"]"));
        values.put("cors_methods", List.of("[\"GET\",\"PUT\"]"));
        values.put("cors_headers", List.of("[\"X-Token\"]"));
        values.put("cors_credentials", List.of("true"));
        values.put("cors_max_age", List.of("60"));
        values.put("request_headers", List.of(evilHeader, "[\"X-B:\"]"));
        values.put("response_headers", List.of(evilHeader, "[\"Server:\"]"));
        values.put("upstream_host", List.of("\"a.example.org:8443\"", "\"b.example.org\""));
        values.put("request_id", List.of("true"));
        values.put("compression", List.of("true"));
        values.put("error_pages", List.of("\"shop\""));
        values.put("access_log", List.of("false"));
        values.put("balance", List.of("\"leastconn\"", "\"source\"", "\"uri\"", "\"random\"", "\"first\""));
        values.put("ip_hash", List.of("true"));
        values.put("sticky", List.of("true", "\"SRV\""));
        values.put("connect_timeout", List.of("100"));
        values.put("server_timeout", List.of("5000"));
        values.put("tunnel_timeout", List.of("60000"));
        values.put("max_conn", List.of("10"));
        values.put("proto", List.of("\"h2\""));
        values.put("ssl_backend", List.of("true"));
        values.put("ssl_backend_tls_verify", List.of("\"none\""));
        values.put("send_proxy", List.of("true", "\"v2\""));
        return values;
    }
}
