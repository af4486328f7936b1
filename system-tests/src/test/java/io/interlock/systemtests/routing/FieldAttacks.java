package io.interlock.systemtests.routing;

import java.util.Map;
import java.util.TreeMap;

/** For each field, what a container says that wants to take, break, slow down or read the requests of a site. */
final class FieldAttacks {

    /** Values in JSON, by field; some with further fields. */
    static final Map<String, String> BY_FIELD = attacks();

    /** Fields that cannot attack, with the reason. */
    static final Map<String, String> HARMLESS = Map.of(
            "enable", "leaves out only the container itself",
            "hostname", "every attack asks for the name",
            "domain", "a part of the name",
            "port", "says only where the container itself listens",
            "network", "says only where the container itself listens",
            "healthcheck", "concerns only the container itself",
            "mode", "takes the container away from requests",
            "listen", "takes the container away from requests");

    private static final String HASH = "$5$abc$qsg6EHbUzHQzF1POlD7zUwBINSELQxypPaeDcZe6vH0";

    private FieldAttacks() {}

    private static Map<String, String> attacks() {
        Map<String, String> attacks = new TreeMap<>();
        attacks.put("release", "999999999");
        attacks.put("priority", "1000, \"path\": \"/name\"");
        attacks.put("path", "\"/name\"");
        attacks.put("path_match", "\"exact\", \"path\": \"/name\"");
        attacks.put("match_paths", "[\"/n.*\"]");
        attacks.put("match_methods", "[\"GET\"]");
        attacks.put("match_headers", "[\"Host\"]");
        attacks.put("match_cookies", "[\"session\"]");
        attacks.put("match_query", "[\"q\"]");
        attacks.put("match_clients", "[\"0.0.0.0/0\"]");
        attacks.put("backup", "true, \"check\": \"httpchk GET /none\"");
        attacks.put("weight", "256");
        attacks.put("check", "\"httpchk GET /none\"");
        attacks.put("check_interval", "100");
        attacks.put("check_status", "599, \"check\": \"httpchk GET /\"");
        attacks.put("check_headers", "[\"Host: evil\"], \"check\": \"httpchk GET /none\"");
        attacks.put("check_rise", "100");
        attacks.put("check_fall", "1, \"check\": \"httpchk GET /none\"");
        attacks.put("slow_start", "3600000");
        attacks.put("backend_options", "[\"httpclose\"]");
        attacks.put("ssl_only", "true");
        attacks.put("hsts", "true");
        attacks.put("tls_min_version", "\"1.3\"");
        attacks.put("allow", "[\"203.0.113.1\"]");
        attacks.put("deny", "[\"0.0.0.0/0\"]");
        attacks.put("rate_limit", "\"1/h\"");
        attacks.put("max_body", "0");
        attacks.put("basic_auth", "[\"alice:" + HASH + "\"]");
        attacks.put("forward_auth", "\"http://192.0.2.1/auth\"");
        attacks.put("forward_auth_request_headers", "[\"Cookie\"], \"forward_auth\": \"http://192.0.2.1/auth\"");
        attacks.put("forward_auth_response_headers", "[\"Cookie\"], \"forward_auth\": \"http://192.0.2.1/auth\"");
        attacks.put("forward_auth_trust_forwarded_host", "true, \"forward_auth\": \"http://192.0.2.1/auth\"");
        attacks.put("maintenance", "true");
        attacks.put("redirects", "[\"/name https://evil.example.com/ 302\"]");
        attacks.put("redirect_aliases", "true, \"alias_domains\": [\"evil.example.com\"]");
        attacks.put("cors_origins", "[\"https://evil.example.com\"]");
        attacks.put("request_headers", "[\"Host: evil.example.com\"]");
        attacks.put("response_headers", "[\"Set-Cookie: session=evil\"]");
        attacks.put("compression", "true");
        attacks.put("access_log", "false");
        attacks.put("balance", "\"first\"");
        attacks.put("sticky", "\"session\"");
        attacks.put("connect_timeout", "1");
        attacks.put("server_timeout", "1");
        attacks.put("retries", "0");
        attacks.put("max_conn", "1");
        attacks.put("proto", "\"h2\"");
        attacks.put("ssl_backend", "true");
        attacks.put("send_proxy", "\"v2\"");
        attacks.put("strip_path", "true, \"path\": \"/name\"");
        attacks.put("warm", "true");
        attacks.put("routes", "[{\"path\": \"/name\"}, {\"path\": \"/\", \"release\": 9}]");
        attacks.put("alias_domains", "[\"*.com\", \"*\"]");
        attacks.put("default", "true");
        attacks.put("tls", "\"acme\"");
        attacks.put("ssl_cert", "\"evil\"");
        attacks.put("cors_methods", "[\"DELETE\"], \"cors_origins\": [\"*\"]");
        attacks.put("cors_headers", "[\"*\"], \"cors_origins\": [\"*\"]");
        attacks.put("cors_credentials", "true, \"cors_origins\": [\"https://evil.example.com\"]");
        attacks.put("cors_max_age", "86400, \"cors_origins\": [\"*\"]");
        attacks.put("upstream_host", "\"other.example.com:99\"");
        attacks.put("request_id", "true");
        attacks.put("trace_context", "\"restart\"");
        attacks.put("trace_sampled", "100, \"trace_context\": \"restart\"");
        attacks.put("error_pages", "\"evil\"");
        attacks.put("ip_hash", "true");
        attacks.put("tunnel_timeout", "1");
        attacks.put("upgrade", "[\"tcp\"]");
        attacks.put("retry_on", "[\"500\"]");
        attacks.put("ssl_backend_tls_verify", "\"none\", \"ssl_backend\": true");
        return attacks;
    }
}
