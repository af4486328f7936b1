package io.interlock.haproxy.quarantine;

import java.util.regex.Pattern;

/** Matches the lines that make up a backend's health check. */
final class CheckLineMatcher {

    private static final Pattern CHECK =
            Pattern.compile("(?:http-check|tcp-check|option (?:httpchk|[a-z]+-check|smtpchk|ssl-hello-chk))(?= |$)");

    private CheckLineMatcher() {}

    static boolean has(String line) {
        return CHECK.matcher(line).lookingAt();
    }
}
