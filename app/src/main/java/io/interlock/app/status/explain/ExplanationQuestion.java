package io.interlock.app.status.explain;

import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Route;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What somebody wants to have explained.
 *
 * @param text as it was asked
 * @param scheme {@code http} or {@code https}; empty if none was given
 * @param host the name, if it can be one
 * @param port the port, if one was given
 * @param path the path; {@code /} if none was given
 */
record ExplanationQuestion(String text, String scheme, Optional<HostName> host, OptionalInt port, String path) {

    private static final int MAX_LENGTH = 2_000;
    private static final Pattern URL = Pattern.compile(
            "(?:(?<scheme>[A-Za-z][A-Za-z0-9+.-]*)://)?(?<host>[^/:?#]*)(?::(?<port>[0-9]{1,5}))?(?<path>/[^?#]*)?(?:[?#].*)?");

    static ExplanationQuestion of(String asked) {
        String text = asked.strip();
        text = text.substring(0, Math.min(MAX_LENGTH, text.length()));
        Matcher url = URL.matcher(text);
        if (!url.matches()) {
            return new ExplanationQuestion(text, "", Optional.empty(), OptionalInt.empty(), Route.EVERYTHING);
        }
        String scheme = url.group("scheme");
        String port = url.group("port");
        String path = url.group("path");
        return new ExplanationQuestion(
                text,
                scheme == null ? "" : scheme.toLowerCase(Locale.ROOT),
                host(url.group("host")),
                port == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(port)),
                path == null ? Route.EVERYTHING : path);
    }

    private static Optional<HostName> host(String text) {
        try {
            return Optional.of(HostName.of(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether more than a name was asked. */
    boolean isUrl() {
        return !scheme.isEmpty() || text.contains("/") || port.isPresent();
    }

    /** Whether it looks like a host's name rather than a container's. */
    boolean looksLikeHost() {
        return isUrl() || text.contains(".");
    }
}
