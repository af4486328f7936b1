package io.interlock.haproxy.model;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces secrets in lines of HAProxy's configuration, also in those of the operator's template: passwords, their
 * hashes, and values of headers, unless they are an expression or the header is one that Interlock itself sets.
 */
public final class ConfigSecretMask {

    private static final String WORD = "(?:'[^'\\n]*'|\"(?:\\\\.|[^\"\\\\\\n])*\"|\\\\.|[^\\s'\"\\\\])+";

    /**
     * What follows a user name, on the statistics page and in user lists, and what the credentials of a request are
     * compared with.
     */
    private static final Pattern PASSWORD = Pattern.compile("(?m)^(\\s*(?:stats\\s+auth\\s+[^:\\n]*:"
            + "|user\\s+\\S+\\s+(?:insecure-)?password\\s+|[^\\n]*,b64dec -m str -- )).*$");

    private static final Pattern HEADER =
            Pattern.compile("(\\b(?:set-header|add-header|hdr)[ \\t]+)(" + WORD + ")([ \\t]+)(" + WORD + ")");

    private static final Pattern OWN = Pattern.compile(
            "Host|Vary|Alt-Svc|Retry-After|Strict-Transport-Security|Access-Control-.*|X-Forwarded-.*|X-Request-.*",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern EXPRESSION = Pattern.compile("%[\\[A-Za-z].*");

    private ConfigSecretMask() {}

    /** The text with {@code …} in place of each secret. */
    public static String mask(String text) {
        return HEADER.matcher(PASSWORD.matcher(text).replaceAll("$1…")).replaceAll(ConfigSecretMask::header);
    }

    private static String header(MatchResult header) {
        boolean shown = OWN.matcher(header.group(2)).matches()
                || EXPRESSION.matcher(header.group(4)).matches();
        return Matcher.quoteReplacement(
                header.group(1) + header.group(2) + header.group(3) + (shown ? header.group(4) : "…"));
    }
}
