package io.interlock.app.cli.compare;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Answer of a proxy, as far as it is compared.
 *
 * @param failure why there is no answer; empty if there is one
 * @param status 100 to 999; 0 without an answer
 * @param location where a redirect leads, without the port of the requested host; empty if nowhere
 * @param body hash of the body; empty if it was not read to its end
 * @param headers headers of interest by name in lower case
 */
record ProxyAnswer(String failure, int status, String location, String body, Map<String, String> headers) {

    /** Headers that clients depend on. */
    private static final Set<String> OF_INTEREST = Set.of(
            "access-control-allow-credentials",
            "access-control-allow-headers",
            "access-control-allow-methods",
            "access-control-allow-origin",
            "cache-control",
            "content-disposition",
            "content-encoding",
            "content-language",
            "content-security-policy",
            "content-type",
            "permissions-policy",
            "referrer-policy",
            "strict-transport-security",
            "www-authenticate",
            "x-content-type-options",
            "x-frame-options");

    /** Those that say what the body is. */
    private static final Set<String> OF_BODY =
            Set.of("cache-control", "content-disposition", "content-encoding", "content-language", "content-type");

    private static final int FIRST_REDIRECT = 300;

    ProxyAnswer {
        headers = Map.copyOf(headers);
    }

    /** Returns what stands for an answer that did not come. */
    static ProxyAnswer none(String failure) {
        return new ProxyAnswer(failure, 0, "", "", Map.of());
    }

    /**
     * Creates an answer from all of its headers.
     *
     * @param all by name in lower case
     */
    static ProxyAnswer of(ComparedRequest request, int status, Map<String, String> all, String body) {
        Map<String, String> headers = new TreeMap<>(all);
        headers.keySet().retainAll(OF_INTEREST);
        if (status >= FIRST_REDIRECT) {
            // Each proxy has pages of its own for redirects and errors.
            headers.keySet().removeAll(OF_BODY);
        }
        headers.computeIfPresent(
                "www-authenticate",
                (name, value) -> value.lines().map(ProxyAnswer::scheme).sorted().collect(Collectors.joining(", ")));
        headers.replaceAll((name, value) ->
                name.equals("content-type") ? value.toLowerCase(Locale.ROOT).replace(" ", "") : value);
        Set<String> cookies = new TreeSet<>();
        for (String cookie : all.getOrDefault("set-cookie", "").split("\n")) {
            if (!cookie.isBlank()) {
                cookies.add(cookie.split("=", 2)[0].strip());
            }
        }
        if (!cookies.isEmpty()) {
            headers.put("set-cookie", String.join(", ", cookies));
            // Whether a proxy says so beside its cookie is up to it.
            headers.remove("cache-control", "private");
        }
        return new ProxyAnswer("", status, location(request, all.getOrDefault("location", "")), body, headers);
    }

    boolean isPresent() {
        return failure.isEmpty();
    }

    /** The realm is a text for people. */
    private static String scheme(String challenge) {
        return challenge.strip().split(" ", 2)[0].toLowerCase(Locale.ROOT);
    }

    /** Both proxies listen at other ports, and name them. */
    private static String location(ComparedRequest request, String location) {
        String quoted = Pattern.quote(request.host());
        return location.replaceFirst("(?i)^(https?://" + quoted + "):\\d{1,5}(?=/|$)", "$1");
    }
}
