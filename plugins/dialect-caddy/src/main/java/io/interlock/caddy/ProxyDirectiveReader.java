package io.interlock.caddy;

import io.interlock.caddy.label.ArgumentSplitter;
import io.interlock.caddy.label.CaddyDirective;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code reverse_proxy} into fields. */
final class ProxyDirectiveReader {

    private static final Pattern UPSTREAM =
            Pattern.compile("(?:(https?|h2c)://)?" + Pattern.quote(ArgumentSplitter.OWN_HOST) + "(?::(\\d{1,5}))?/?");

    private static final Map<String, String> BALANCE = Map.of(
            "random", "random",
            "random_choose", "random",
            "least_conn", "leastconn",
            "round_robin", "roundrobin",
            "first", "first",
            "ip_hash", "source",
            "client_ip_hash", "source",
            "uri_hash", "uri");

    private final CaddyFindings findings;

    ProxyDirectiveReader(CaddyFindings findings) {
        this.findings = findings;
    }

    void read(CaddyDirective proxy, List<String> arguments, HandlerFields fields) {
        List<String> upstreams = new ArrayList<>(arguments);
        proxy.children().stream()
                .filter(child -> child.name().equals("to"))
                .forEach(child -> upstreams.addAll(child.arguments()));
        Optional<Matcher> first = upstreams.stream()
                .findFirst()
                .map(UPSTREAM::matcher)
                .filter(match -> upstreams.stream().distinct().count() == 1 && match.matches());
        if (first.isEmpty()) {
            findings.leftOut(
                    proxy,
                    upstreams.isEmpty()
                            ? "names no servers"
                            : "leads to other servers than the container, for which there is no field",
                    "name the container's port with {{upstreams PORT}}");
            return;
        }
        String scheme = Optional.ofNullable(first.get().group(1)).orElse("http");
        String usual = scheme.equals("https") ? "443" : "80";
        fields.set("port", proxy, Optional.ofNullable(first.get().group(2)).orElse(usual));
        scheme(proxy, scheme, fields);
        proxy.children().forEach(option -> option(option, fields));
        check(proxy, fields);
    }

    /** Caddy verifies the certificate of a server over HTTPS, as Interlock does. */
    private static void scheme(CaddyDirective source, String scheme, HandlerFields fields) {
        switch (scheme) {
            case "https" -> fields.set("ssl_backend", source, "true");
            case "h2c" -> fields.set("proto", source, "h2");
            default -> {}
        }
    }

    private void option(CaddyDirective option, HandlerFields fields) {
        switch (option.name()) {
            case "to",
                    "health_uri",
                    "health_path",
                    "health_interval",
                    "health_status",
                    "health_headers",
                    "health_method" -> {}
            case "flush_interval", "stream_timeout", "stream_close_delay", "fail_duration", "max_fails" -> {}
            case "header_up" ->
                new HeaderOptionReader(findings).read(option, option.arguments(), "request_headers", fields);
            case "header_down" ->
                new HeaderOptionReader(findings).read(option, option.arguments(), "response_headers", fields);
            case "lb_policy" -> policy(option, fields);
            case "lb_retries" ->
                option.argument(0)
                        .filter(count -> count.matches("\\d{1,4}"))
                        .ifPresent(count ->
                                fields.set("retries", option, Integer.toString(Math.min(10, Integer.parseInt(count)))));
            case "transport" -> transport(option, fields);
            default -> findings.lost(option, "has no field");
        }
    }

    private void policy(CaddyDirective option, HandlerFields fields) {
        String name = option.argument(0).orElse("");
        if (name.equals("cookie")) {
            fields.set("sticky", option, option.argument(1).orElse("true"));
        } else if (BALANCE.containsKey(name)) {
            fields.set("balance", option, String.valueOf(BALANCE.get(name)));
        } else {
            findings.lost(option, "is a policy that Interlock does not have; each container gets requests in turn");
        }
    }

    private void transport(CaddyDirective option, HandlerFields fields) {
        if (!option.argument(0).orElse("http").equals("http")) {
            findings.leftOut(option, "is a protocol that Interlock does not speak, expected http", "");
            return;
        }
        for (CaddyDirective child : option.children()) {
            switch (child.name()) {
                case "tls" -> fields.set("ssl_backend", child, "true");
                case "tls_insecure_skip_verify" -> {
                    fields.set("ssl_backend", child, "true");
                    fields.set("ssl_backend_tls_verify", child, "none");
                }
                case "versions" -> {
                    if (child.arguments().contains("h2c")) {
                        fields.set("proto", child, "h2");
                    }
                }
                case "dial_timeout" -> duration("connect_timeout", child, fields);
                case "response_header_timeout", "read_timeout" -> duration("server_timeout", child, fields);
                case "proxy_protocol" ->
                    fields.set("send_proxy", child, child.argument(0).orElse("v1"));
                case "keepalive", "keepalive_idle_conns", "keepalive_idle_conns_per_host", "compression" -> {}
                default -> findings.lost(child, "has no field");
            }
        }
    }

    private void duration(String field, CaddyDirective option, HandlerFields fields) {
        milliseconds(option.argument(0).orElse(""))
                .ifPresentOrElse(
                        time -> fields.set(field, option, time),
                        () -> findings.lost(option, "expected a duration such as 10s"));
    }

    private static Optional<String> milliseconds(String text) {
        Matcher match = Pattern.compile("(\\d{1,7})(ms|s|m|h|d)").matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        long unit = switch (match.group(2)) {
            case "ms" -> 1;
            case "s" -> 1_000;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            default -> 86_400_000;
        };
        return Optional.of(Long.toString(Long.parseLong(match.group(1)) * unit));
    }

    private void check(CaddyDirective proxy, HandlerFields fields) {
        Optional<CaddyDirective> path = proxy.child("health_uri").or(() -> proxy.child("health_path"));
        Optional<String> uri = path.flatMap(given -> given.argument(0));
        if (uri.isEmpty()) {
            return;
        }
        String method =
                proxy.child("health_method").flatMap(given -> given.argument(0)).orElse("GET");
        fields.set("check", path.get(), "httpchk " + method + " " + uri.get());
        proxy.child("health_interval").ifPresent(interval -> duration("check_interval", interval, fields));
        proxy.child("health_status")
                .flatMap(given -> given.argument(0))
                .ifPresent(status -> fields.set(
                        "check_status",
                        proxy.child("health_status").get(),
                        status.replaceAll("^(\\d)xx$", "$100-$199")));
        proxy.child("health_headers")
                .ifPresent(headers -> headers.children()
                        .forEach(header -> fields.add(
                                "check_headers", header, header.name() + ": " + String.join(" ", header.arguments()))));
    }
}
