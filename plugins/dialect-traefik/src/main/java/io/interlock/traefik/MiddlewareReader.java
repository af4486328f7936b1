package io.interlock.traefik;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads the middlewares of a router into fields. A middleware that may protect somebody, and that has no field, closes the route.
 */
final class MiddlewareReader {

    private static final int MOST = 1_000;
    private static final long HOUR = 3_600;
    private static final int HTTPS = 443;

    /** Middlewares that protect nobody and have no field. */
    private static final Map<String, String> WITHOUT_FIELD = Map.of(
            "stripprefixregex", "removes a part of the path by an expression, for which there is no field",
            "circuitbreaker", "stops requests to failing containers; Interlock does that by health checks alone",
            "errors", "shows another service's pages for errors; Interlock has error_pages",
            "contenttype", "detects types of responses, for which there is no field",
            "grpcweb", "translates gRPC-Web, for which there is no field",
            "passtlsclientcert", "passes on certificates of clients, for which there is no field");

    /** Middlewares that let clients reach a part of the container alone. */
    private static final Set<String> CONFINING = Set.of("addprefix", "replacepath", "replacepathregex");

    /** Middlewares that protect the container. */
    private static final Set<String> PROTECTIVE = Set.of(
            "basicauth", "buffering", "chain", "forwardauth", "inflightreq", "ipallowlist", "ipwhitelist", "ratelimit");

    /** Their options that protect nobody. */
    private static final Set<String> HARMLESS = Set.of(
            "basicauth.headerfield",
            "basicauth.realm",
            "basicauth.removeheader",
            "buffering.maxresponsebodybytes",
            "buffering.retryexpression");

    private final TraefikConfig config;
    private final Map<String, LabelSection> shared;
    private final Map<String, LabelSection> own;
    private final FindingRecorder findings;
    private final Set<LabelSection> open = new HashSet<>();
    private int applied;

    /**
     * @param config has the middlewares that all containers may name
     * @param own those of the container, which win unless the name is that of another provider
     */
    MiddlewareReader(TraefikConfig config, Map<String, LabelSection> own, FindingRecorder findings) {
        this.config = config;
        this.shared = new LabelTree(config.sharedLabels()).sections("http.middlewares");
        this.own = own;
        this.findings = findings;
    }

    private Optional<LabelSection> find(String name) {
        String[] parts = name.split("@", 2);
        String provider = parts.length < 2 ? "docker" : parts[1];
        Optional<LabelSection> ofContainer = Set.of("docker", "swarm").contains(provider)
                ? Optional.ofNullable(own.get(parts[0]))
                : Optional.empty();
        return provider.equals("internal")
                ? Optional.empty()
                : ofContainer.or(() -> Optional.ofNullable(shared.get(parts[0])));
    }

    /** Applies the middlewares that a label names, in their order. */
    void apply(LabelValue names, RouteFields fields) {
        for (String name : names.elements()) {
            Optional<LabelSection> section = find(name);
            if (section.isEmpty()) {
                fields.close(names);
                findings.closed(
                        names,
                        "names the middleware " + shortened(name)
                                + ", which this container does not have; it may protect the container",
                        "copy the middleware to labels of plugins.dialect-traefik in the configuration");
            } else if (!open.add(section.get()) || ++applied > MOST) {
                fields.close(names);
                findings.closed(
                        names,
                        "names a chain of middlewares without an end, or more than " + MOST
                                + " middlewares together with other routers",
                        "");
            } else {
                apply(section.get(), fields);
                open.remove(section.get());
            }
        }
    }

    private static String shortened(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }

    private void apply(LabelSection section, RouteFields fields) {
        Map<String, LabelValue> kinds = new TreeMap<>();
        section.all().forEach((option, value) -> kinds.putIfAbsent(option.split("\\.", 2)[0], value));
        kinds.forEach((kind, first) -> apply(kind, first, section, fields));
        section.unread().forEach((option, value) -> {
            if (PROTECTIVE.contains(option.split("\\.", 2)[0]) && !HARMLESS.contains(option)) {
                close(value, "is no option of the middleware that is known; it may protect the container", fields);
            } else {
                findings.lost(value, "has no field");
            }
        });
    }

    private void apply(String kind, LabelValue first, LabelSection section, RouteFields fields) {
        switch (kind) {
            case "chain" -> section.get("chain.middlewares").ifPresent(names -> apply(names, fields));
            case "basicauth" -> basicAuth(first, section, fields);
            case "ipallowlist", "ipwhitelist" -> allowed(kind, first, section, fields);
            case "ratelimit" -> rateLimit(first, section, fields);
            case "inflightreq" -> inFlight(section, fields);
            case "forwardauth" ->
                new ForwardAuthReader(config, section, fields, findings)
                        .read()
                        .ifPresent(reason -> close(first, reason, fields));
            case "buffering" -> buffering(section, fields);
            case "headers" -> new HeadersMiddlewareReader(section, fields, findings).read();
            case "compress" -> {
                if (section.get("compress").filter(value -> !value.isTrue()).isEmpty()) {
                    fields.set("compression", first, "true");
                }
            }
            case "retry" -> retry(section, fields);
            case "stripprefix" -> {
                section.get("stripprefix.prefixes").ifPresent(fields::strip);
                section.get("stripprefix.forceslash");
            }
            case "redirectscheme" -> redirectScheme(section, fields);
            case "redirectregex" -> redirectRegex(section, fields);
            default -> {
                section.below(kind);
                String lost = WITHOUT_FIELD.get(kind);
                if (CONFINING.contains(kind)) {
                    close(
                            first,
                            "changes the path, for which there is no field; clients could reach other paths of the"
                                    + " container",
                            fields);
                } else if (lost == null) {
                    close(
                            first,
                            "is the middleware " + shortened(kind) + ", for which there is no field; it may protect the"
                                    + " container",
                            fields);
                } else {
                    findings.lost(first, lost);
                }
            }
        }
    }

    private void close(LabelValue given, String reason, RouteFields fields) {
        fields.close(given);
        findings.closed(given, reason, "protect the container with fields of Interlock's, and remove the middleware");
    }

    private void basicAuth(LabelValue first, LabelSection section, RouteFields fields) {
        Optional<LabelValue> users = section.get("basicauth.users");
        Optional<LabelValue> file = section.get("basicauth.usersfile");
        if (file.isPresent()) {
            close(file.get(), "has users in a file, which Interlock does not read", fields);
        } else if (users.isEmpty() || users.get().elements().isEmpty()) {
            close(first, "has no users", fields);
        } else if (fields.has("basic_auth")) {
            close(first, "is the second list of users, and a client must be on both", fields);
        } else {
            fields.set("basic_auth", users.get(), users.get().elements());
        }
    }

    private void allowed(String kind, LabelValue first, LabelSection section, RouteFields fields) {
        Optional<LabelValue> ranges = section.get(kind + ".sourcerange");
        section.get(kind + ".rejectstatuscode").ifPresent(status -> findings.differs(status, "the status is 403"));
        if (!section.below(kind + ".ipstrategy").isEmpty()) {
            close(first, "takes clients from X-Forwarded-For in its own way; Interlock has trusted_proxies", fields);
        } else if (ranges.isEmpty() || ranges.get().elements().isEmpty()) {
            close(first, "has no address ranges", fields);
        } else if (fields.has("allow")) {
            close(first, "is the second list of address ranges, and a client must be on both", fields);
        } else {
            fields.set("allow", ranges.get(), ranges.get().elements());
        }
    }

    private void rateLimit(LabelValue first, LabelSection section, RouteFields fields) {
        Optional<LabelValue> average = section.get("ratelimit.average");
        Optional<Duration> period = section.get("ratelimit.period")
                .map(value -> DurationReader.read(value.text()))
                .orElse(Optional.of(Duration.ofSeconds(1)));
        Optional<Long> count = average.flatMap(value -> DurationReader.number(value.text()));
        section.get("ratelimit.burst")
                .ifPresent(burst ->
                        findings.differs(burst, "requests are counted over the whole period, without a burst"));
        if (!section.below("ratelimit.sourcecriterion").isEmpty() || section.has("ratelimit.redis")) {
            close(first, "counts by something else than the address of the connection", fields);
        } else if (average.isEmpty() || count.filter(number -> number == 0).isPresent()) {
            findings.lost(first, "has no average, which limits nothing");
        } else if (count.isEmpty() || period.isEmpty() || period.get().isZero() || fields.has("rate_limit")) {
            close(first, "is a limit that Interlock cannot read, or the second one", fields);
        } else {
            long requests = count.get();
            long milliseconds = period.get().toMillis();
            // Interlock counts over whole seconds, up to an hour.
            while (milliseconds % 1_000 != 0) {
                requests *= 2;
                milliseconds *= 2;
                if (milliseconds > HOUR * 1_000) {
                    close(first, "has a period that is not of whole seconds", fields);
                    return;
                }
            }
            fields.set("rate_limit", average.get(), requests + "/" + milliseconds / 1_000 + "s");
        }
    }

    private void inFlight(LabelSection section, RouteFields fields) {
        section.below("inflightreq.sourcecriterion")
                .values()
                .forEach(value -> findings.differs(value, "requests of all clients count together"));
        section.get("inflightreq.amount").ifPresent(amount -> {
            fields.limit("max_conn", amount, amount.text());
            findings.differs(amount, "is a limit for each container, and further requests wait rather than get 429");
        });
    }

    private void buffering(LabelSection section, RouteFields fields) {
        section.get("buffering.maxrequestbodybytes")
                .filter(size -> !size.text().equals("0"))
                .ifPresent(size -> fields.limit("max_body", size, size.text()));
        section.get("buffering.memrequestbodybytes");
        section.get("buffering.memresponsebodybytes");
    }

    private void retry(LabelSection section, RouteFields fields) {
        section.get("retry.initialinterval");
        section.get("retry.attempts").ifPresent(attempts -> {
            Optional<Long> count = DurationReader.number(attempts.text());
            if (count.isPresent() && count.get() > 0) {
                // The first one counts in Traefik.
                fields.set("retries", attempts, Long.toString(Math.min(10, count.get() - 1)));
            } else {
                findings.lost(attempts, "expected a number");
            }
        });
    }

    private void redirectScheme(LabelSection section, RouteFields fields) {
        Optional<LabelValue> scheme = section.get("redirectscheme.scheme");
        boolean permanent = section.get("redirectscheme.permanent")
                .filter(LabelValue::isTrue)
                .isPresent();
        section.get("redirectscheme.port")
                .filter(port -> !port.text().equals(Integer.toString(HTTPS)))
                .ifPresent(port -> findings.differs(port, "redirects lead to the port of Interlock's HTTPS"));
        scheme.ifPresent(value -> {
            if (value.text().equalsIgnoreCase("https")) {
                fields.redirect(value, permanent ? "301" : "302");
            } else {
                findings.lost(value, "redirects to another scheme than https, for which there is no field");
            }
        });
    }

    private void redirectRegex(LabelSection section, RouteFields fields) {
        boolean permanent = section.get("redirectregex.permanent")
                .filter(LabelValue::isTrue)
                .isPresent();
        Optional<LabelValue> regex = section.get("redirectregex.regex");
        Optional<LabelValue> replacement = section.get("redirectregex.replacement");
        if (regex.isEmpty() || replacement.isEmpty()) {
            return;
        }
        boolean toHttps = List.of("^http://(.*)", "^http://(.*)$", "^http://(.+)", "^http://(.+)$")
                        .contains(regex.get().text())
                && List.of("https://${1}", "https://$1")
                        .contains(replacement.get().text());
        if (toHttps) {
            fields.redirect(regex.get(), permanent ? "301" : "302");
        } else {
            findings.lost(
                    regex.get(),
                    "redirects by an expression, for which there is no field; see redirects and" + " redirect_aliases");
        }
    }
}
