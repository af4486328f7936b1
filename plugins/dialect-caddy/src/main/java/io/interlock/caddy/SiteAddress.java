package io.interlock.caddy;

import io.interlock.caddy.label.CaddyDirective;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Address of a site.
 *
 * @param host a name, a wildcard, or {@code *} for all
 * @param isSecure whether clients come over HTTPS
 */
record SiteAddress(String host, boolean isSecure) {

    private static final Pattern ADDRESS =
            Pattern.compile("(?:(https?)://)?([A-Za-z0-9_.*\\u0080-\\uffff-]*)(?::(\\d{1,5}))?/?");

    /** Returns the addresses among the arguments of a block, which blanks or commas separate. */
    static List<String> texts(CaddyDirective block) {
        List<String> texts = new ArrayList<>();
        for (String argument : block.arguments()) {
            for (String text : argument.split(",")) {
                if (!text.isBlank()) {
                    texts.add(text.strip());
                }
            }
        }
        return texts;
    }

    /** Returns the address; empty if its text is none, or its port is not one that Interlock stands for. */
    static Optional<SiteAddress> of(String text, CaddyConfig config) {
        Matcher match = ADDRESS.matcher(text);
        if (!match.matches() || text.isEmpty()) {
            return Optional.empty();
        }
        String scheme = match.group(1);
        String host = match.group(2).isEmpty() ? "*" : match.group(2).toLowerCase(Locale.ROOT);
        if (match.group(3) == null) {
            boolean hasName = !host.equals("*");
            return Optional.of(new SiteAddress(
                    host, scheme == null ? config.isHttpsAutomatic() && hasName : scheme.equals("https")));
        }
        int port = Integer.parseInt(match.group(3));
        boolean isSecure = port == config.securePort();
        boolean isPlain = port == config.plainPort();
        boolean contradicts = scheme != null && scheme.equals("https") != isSecure;
        return (isSecure || isPlain) && !contradicts ? Optional.of(new SiteAddress(host, isSecure)) : Optional.empty();
    }
}
