package io.interlock.traefik;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads the service of a router into fields. */
final class ServiceReader {

    private static final String HEALTH = "loadbalancer.healthcheck.";
    private static final String COOKIE = "loadbalancer.sticky.cookie";

    private final FindingRecorder findings;

    ServiceReader(FindingRecorder findings) {
        this.findings = findings;
    }

    void read(LabelSection service, RouteFields fields) {
        service.get("loadbalancer.server.port").ifPresent(port -> fields.set("port", port, port.text()));
        service.get("loadbalancer.server.weight").ifPresent(weight -> fields.set("weight", weight, weight.text()));
        service.get("loadbalancer.server.scheme").ifPresent(scheme -> scheme(scheme, fields));
        service.get("loadbalancer.server.url")
                .ifPresent(url -> findings.leftOut(
                        url, "leads to another server than the container, for which there is no field", ""));
        service.get("loadbalancer.passhostheader")
                .filter(pass -> !pass.isTrue())
                .ifPresent(pass -> findings.lost(
                        pass, "the container gets the Host of the request; interlock.upstream_host gives it another"));
        service.get("loadbalancer.serverstransport")
                .ifPresent(transport -> findings.differs(
                        transport,
                        "is defined elsewhere; with HTTPS to the container, Interlock verifies the certificate unless"
                                + " interlock.ssl_backend_tls_verify is none"));
        service.get("loadbalancer.responseforwarding.flushinterval");
        service.get("loadbalancer.strategy").ifPresent(strategy -> strategy(strategy, fields));
        sticky(service, fields);
        healthCheck(service, fields);
        service.unread().forEach((option, value) -> {
            boolean isOther = option.startsWith("weighted")
                    || option.startsWith("mirroring")
                    || option.startsWith("failover")
                    || option.startsWith("highestrandomweight");
            if (isOther) {
                findings.leftOut(value, "is a service of other services, for which there is no field", "");
            } else {
                findings.lost(value, "has no field");
            }
        });
    }

    private void scheme(LabelValue scheme, RouteFields fields) {
        switch (scheme.text()) {
            case "http", "" -> {}
            case "https" -> fields.set("ssl_backend", scheme, "true");
            case "h2c" -> fields.set("proto", scheme, "h2");
            default ->
                findings.leftOut(
                        scheme, "is a protocol that Interlock does not speak, expected http, https or h2c", "");
        }
    }

    private void strategy(LabelValue strategy, RouteFields fields) {
        switch (strategy.text().toLowerCase(Locale.ROOT)) {
            case "wrr", "" -> {}
            case "p2c" -> fields.set("balance", strategy, "leastconn");
            case "hrw" -> fields.set("balance", strategy, "source");
            default ->
                findings.lost(strategy, "is a strategy that Interlock does not have; each gets requests in turn");
        }
    }

    private void sticky(LabelSection service, RouteFields fields) {
        Optional<LabelValue> flag = service.get(COOKIE).or(() -> service.get("loadbalancer.sticky"));
        Map<String, LabelValue> options = service.below(COOKIE + ".");
        if (flag.filter(value -> !value.isTrue() && !value.text().isEmpty()).isPresent()) {
            return;
        }
        LabelValue name = options.get("name");
        if (name != null) {
            fields.set("sticky", name, name.text());
        } else {
            flag.or(() -> options.values().stream().findFirst())
                    .ifPresent(value -> fields.set("sticky", value, "true"));
        }
        options.forEach((option, value) -> {
            boolean isSame = switch (option) {
                case "name" -> true;
                case "httponly" -> value.isTrue();
                case "samesite" -> value.text().equalsIgnoreCase("lax");
                case "path" -> value.text().equals("/");
                default -> false;
            };
            if (!isSame) {
                findings.differs(
                        value, "Interlock's cookie is HttpOnly, SameSite=Lax, and Secure if there is only HTTPS");
            }
        });
    }

    private void healthCheck(LabelSection service, RouteFields fields) {
        Map<String, LabelValue> options = service.below(HEALTH);
        LabelValue path = options.get("path");
        if (options.isEmpty()) {
            return;
        }
        LabelValue mode = options.get("mode");
        if (path == null || (mode != null && mode.text().equals("grpc"))) {
            findings.lost(
                    options.values().iterator().next(),
                    "is a check without a path, or by gRPC; Interlock checks whether the container accepts connections");
            return;
        }
        LabelValue method = options.get("method");
        LabelValue host = options.get("hostname");
        fields.set(
                "check",
                path,
                "httpchk " + (method == null ? "GET" : method.text()) + " " + path.text()
                        + (host == null ? "" : " HTTP/1.1\\r\\nHost:\\ " + host.text()));
        options.forEach((option, value) -> {
            switch (option) {
                case "path", "method", "hostname", "mode" -> {}
                case "interval" -> interval(value, fields);
                case "status" -> fields.set("check_status", value, value.text());
                default -> {
                    if (option.startsWith("headers.")) {
                        fields.add("check_headers", value, value.option() + ": " + value.text());
                    } else {
                        findings.lost(
                                value,
                                "has no field; a check goes to the port of requests and must pass within its interval");
                    }
                }
            }
        });
    }

    private void interval(LabelValue value, RouteFields fields) {
        Optional<Duration> interval = DurationReader.read(value.text());
        interval.ifPresentOrElse(
                time -> fields.set("check_interval", value, Long.toString(time.toMillis())),
                () -> findings.lost(value, "expected a duration such as 10s"));
    }
}
