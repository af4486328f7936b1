package io.interlock.caddy;

import io.interlock.caddy.SiteHandler.Modifier;
import io.interlock.caddy.label.ArgumentSplitter;
import io.interlock.caddy.label.CaddyDirective;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads directives that change or refuse requests into fields. One that may protect somebody and has no field closes the route. */
final class ModifierReader {

    private static final Set<String> IGNORED =
            Set.of("log", "log_skip", "skip_log", "log_append", "log_name", "tracing", "tls");

    /** Directives that protect nobody, and why they have no field. */
    private static final Map<String, String> WITHOUT_FIELD = Map.ofEntries(
            Map.entry("root", "is about files, which Interlock does not serve"),
            Map.entry("try_files", "is about files, which Interlock does not serve"),
            Map.entry("templates", "changes the body of answers, for which there is no field"),
            Map.entry("handle_errors", "shows other pages for errors; Interlock has error_pages"),
            Map.entry("handle_response", "changes answers, for which there is no field"),
            Map.entry("push", "sends answers before requests, which clients no longer take"),
            Map.entry("vars", "has no field"),
            Map.entry("map", "has no field"),
            Map.entry("acme_server", "has no field"));

    private static final Set<String> HARMLESS = Set.of("encode", "header", "request_header", "redir");

    private final CaddyConfig config;
    private final CaddyFindings findings;

    ModifierReader(CaddyConfig config, CaddyFindings findings) {
        this.config = config;
        this.findings = findings;
    }

    /** Whether a directive protects nobody. */
    static boolean isHarmless(String name) {
        return IGNORED.contains(name) || WITHOUT_FIELD.containsKey(name) || HARMLESS.contains(name);
    }

    /** Applies a directive to a route. */
    void apply(Modifier modifier, SiteHandler handler, HandlerFields fields) {
        CaddyDirective directive = modifier.directive();
        switch (directive.name()) {
            case "basic_auth", "basicauth" -> basicAuth(modifier, fields);
            case "forward_auth" -> forwardAuth(modifier, fields);
            case "request_body" -> requestBody(directive, fields);
            case "encode" -> fields.set("compression", directive, "true");
            case "header" -> headers(modifier, "response_headers", fields);
            case "request_header" -> headers(modifier, "request_headers", fields);
            case "uri" -> uri(modifier, handler, fields);
            case "abort", "error", "respond" -> clients(modifier, fields);
            default -> {
                String lost = WITHOUT_FIELD.get(directive.name());
                if (lost != null) {
                    findings.lost(directive, lost);
                } else if (!IGNORED.contains(directive.name())) {
                    close(
                            directive,
                            directive.name().equals("rewrite")
                                    ? "changes the path, for which there is no field; clients could reach other paths of"
                                            + " the container"
                                    : "is a directive for which there is no field; it may protect the container",
                            fields);
                }
            }
        }
    }

    void close(CaddyDirective directive, String reason, HandlerFields fields) {
        fields.close(directive);
        findings.closed(directive, reason);
    }

    private void basicAuth(Modifier modifier, HandlerFields fields) {
        CaddyDirective directive = modifier.directive();
        List<String> users = directive.children().stream()
                .map(user -> user.name() + ":" + hash(user.argument(0).orElse("")))
                .toList();
        boolean isBcrypt = List.of("", "bcrypt")
                .contains(modifier.arguments().stream().findFirst().orElse(""));
        if (users.isEmpty()) {
            close(directive, "has no users", fields);
        } else if (!isBcrypt) {
            close(directive, "has hashes of another kind than bcrypt", fields);
        } else if (fields.has("basic_auth")) {
            close(directive, "is the second list of users, and a client must be on both", fields);
        } else {
            fields.set("basic_auth", directive, users);
        }
    }

    /** Versions before 2.8 had hashes in Base64. */
    private static String hash(String text) {
        if (!text.startsWith("JDJ")) {
            return text;
        }
        try {
            return new String(Base64.getDecoder().decode(text), StandardCharsets.US_ASCII);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private void forwardAuth(Modifier modifier, HandlerFields fields) {
        CaddyDirective directive = modifier.directive();
        String upstream =
                modifier.arguments().size() == 1 ? modifier.arguments().getFirst() : "";
        String address = upstream.replaceFirst("^http://", "");
        List<String> headers = new ArrayList<>();
        Optional<CaddyDirective> unknown = directive.children().stream()
                .filter(option -> !List.of("uri", "copy_headers").contains(option.name()))
                .findFirst();
        directive.child("copy_headers").ifPresent(option -> {
            headers.addAll(option.arguments());
            option.children().forEach(child -> headers.add(child.arguments().isEmpty() ? child.name() : ">"));
        });
        Optional<String> named = config.authServer(upstream).or(() -> config.authServer(address));
        boolean isPlain =
                address.matches("[A-Za-z0-9_.-]+(:\\d{1,5})?") && !address.startsWith(ArgumentSplitter.OWN_HOST);
        if (fields.has("forward_auth")) {
            close(directive, "is the second server that decides about requests, and both must agree", fields);
        } else if (unknown.isPresent()) {
            close(unknown.get(), "changes how the server is asked, for which there is no field", fields);
        } else if (headers.stream().anyMatch(header -> header.contains(">"))) {
            close(directive, "gives headers other names, for which there is no field", fields);
        } else if (named.isEmpty() && !isPlain) {
            close(
                    directive,
                    "asks a server that is no host and port; auth_servers of plugins.dialect-caddy may name it",
                    fields);
        } else {
            String uri =
                    directive.child("uri").flatMap(option -> option.argument(0)).orElse("/");
            fields.set("forward_auth", directive, named.orElse("http://" + address + uri));
            if (!headers.isEmpty()) {
                fields.set("forward_auth_response_headers", directive, headers);
            }
        }
    }

    private void requestBody(CaddyDirective directive, HandlerFields fields) {
        Optional<String> size = directive
                .child("max_size")
                .flatMap(option -> option.argument(0))
                .flatMap(ByteSizeReader::bytes);
        if (size.isEmpty() || directive.children().size() > 1 || fields.has("max_body")) {
            close(directive, "limits bodies in another way than by one max_size", fields);
        } else {
            fields.set("max_body", directive, size.get());
        }
    }

    private void headers(Modifier modifier, String field, HandlerFields fields) {
        HeaderOptionReader reader = new HeaderOptionReader(findings);
        if (!modifier.arguments().isEmpty()) {
            reader.read(modifier.directive(), modifier.arguments(), field, fields);
        }
        for (CaddyDirective option : modifier.directive().children()) {
            if (!option.name().equals("defer")) {
                List<String> arguments = new ArrayList<>(List.of(option.name()));
                arguments.addAll(option.arguments());
                reader.read(option, arguments, field, fields);
            }
        }
    }

    private void uri(Modifier modifier, SiteHandler handler, HandlerFields fields) {
        List<String> arguments = modifier.arguments();
        boolean isPrefix = arguments.size() == 2 && arguments.getFirst().equals("strip_prefix");
        if (isPrefix
                && withoutSlash(arguments.get(1))
                        .equals(withoutSlash(handler.match().path()))) {
            fields.set("strip_path", modifier.directive(), "true");
        } else {
            findings.lost(
                    modifier.directive(),
                    "changes another part of the path than that of the route, for which there is no field");
        }
    }

    static String withoutSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /** Refuses certain clients, or all but certain ones. */
    private void clients(Modifier modifier, HandlerFields fields) {
        CaddyDirective directive = modifier.directive();
        for (RequestMatch match : modifier.matches().orElse(List.of())) {
            boolean isAllowing = !match.others().isEmpty();
            String field = isAllowing ? "allow" : "deny";
            if (fields.has(field)) {
                close(directive, "is the second list of clients", fields);
            } else {
                fields.set(
                        field,
                        directive,
                        isAllowing ? match.others() : match.conditions().getOrDefault("match_clients", List.of()));
            }
        }
    }
}
