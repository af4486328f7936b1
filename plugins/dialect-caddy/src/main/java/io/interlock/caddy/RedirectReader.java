package io.interlock.caddy;

import io.interlock.caddy.SiteHandler.Modifier;
import io.interlock.caddy.label.CaddyDirective;
import java.util.List;
import java.util.Map;

/** Reads {@code redir} into entries of {@code redirects}. */
final class RedirectReader {

    private static final Map<String, String> STATUS = Map.of(
            "",
            "302",
            "temporary",
            "302",
            "permanent",
            "301",
            "301",
            "301",
            "302",
            "302",
            "303",
            "303",
            "307",
            "307",
            "308",
            "308");
    private static final List<String> REST = List.of("{uri}", "{http.request.uri}", "{path}");

    private final CaddyFindings findings;

    RedirectReader(CaddyFindings findings) {
        this.findings = findings;
    }

    /** Whether a directive sends all requests to the same place over HTTPS. */
    static boolean isToHttps(Modifier redirect) {
        return !redirect.arguments().isEmpty()
                && redirect.arguments()
                        .getFirst()
                        .matches("https://\\{(host|http\\.request\\.host|hostport)}(\\{uri}|\\{http\\.request\\.uri})");
    }

    void read(Modifier redirect, SiteHandler part, HandlerFields fields) {
        CaddyDirective directive = redirect.directive();
        List<String> arguments = redirect.arguments();
        String status = STATUS.get(arguments.size() > 1 ? arguments.get(1) : "");
        if (redirect.matches().isEmpty() || status == null || arguments.isEmpty() || arguments.size() > 2) {
            findings.lost(directive, "redirects requests that Interlock's fields cannot say");
            return;
        }
        for (RequestMatch match : redirect.matches().get()) {
            if (match.isApartFrom(part.match())) {
                continue;
            }
            String to = arguments.getFirst();
            boolean hasRest = REST.stream().anyMatch(to::endsWith);
            String rest = hasRest ? to.substring(0, to.lastIndexOf('{')) : to;
            boolean isPlain = !rest.contains("{") && !rest.isBlank() && !rest.contains(" ");
            if (!isPlain || match.isConditional() || match.isOpenEnded() || (hasRest && match.isExact())) {
                findings.lost(directive, "redirects by a placeholder or a condition for which there is no field");
                continue;
            }
            String path = match.path().isEmpty() ? "/" : match.path();
            String from = match.isExact() ? path : ModifierReader.withoutSlash(path) + "/*";
            String target = hasRest ? rest + ModifierReader.withoutSlash(match.path()) + "/*" : rest;
            fields.add("redirects", directive, from + " " + target + " " + status);
        }
    }
}
