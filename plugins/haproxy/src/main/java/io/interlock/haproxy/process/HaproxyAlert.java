package io.interlock.haproxy.process;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code [ALERT]} of HAProxy about a configuration.
 *
 * @param line the number of the line that it names, from 1; empty if it names no line of the checked file
 * @param text the message, without the place
 */
public record HaproxyAlert(Optional<Integer> line, String text) {

    /**
     * Matches alerts. Before HAProxy 2.4 they contain a time; since then, most of them name the component that reports
     * them.
     */
    private static final Pattern ALERT =
            Pattern.compile("\\[ALERT\\]\\s+(?:\\d+/\\d+\\s+)?(?:\\(\\d+\\) : )?(?:config : )?(.*)");

    private static final Pattern LIST_LINE = Pattern.compile("certificates\\.list[^\\]:/]*:(\\d{1,9})\\]");
    private static final String SUMMARY = "found in configuration";

    /**
     * Finds the alerts in HAProxy's output.
     *
     * @param file the checked file, as passed to HAProxy
     */
    static List<HaproxyAlert> in(String output, String file) {
        Pattern place = Pattern.compile("(?:parsing )?\\[?" + Pattern.quote(file) + ":(\\d{1,9})\\]?[ :]*");
        return output.lines()
                .map(ALERT::matcher)
                .filter(Matcher::lookingAt)
                .map(alert -> parse(alert.group(1), place))
                .toList();
    }

    /** Whether the alert is about a file other than the checked one. */
    public boolean names(String path) {
        return text.contains(path);
    }

    /** Whether the alert is about one of these lines of the list of certificates, from 1. */
    public boolean namesListLine(int first, int last) {
        Matcher matcher = LIST_LINE.matcher(text);
        if (!matcher.find()) {
            return false;
        }
        int line = Integer.parseInt(matcher.group(1));
        return line >= first && line <= last;
    }

    /** Whether the alert only summarizes other alerts. */
    boolean isSummary() {
        return text.contains(SUMMARY);
    }

    /** Parses an alert. A place in the middle of the text remains there. */
    private static HaproxyAlert parse(String text, Pattern place) {
        Matcher matcher = place.matcher(text);
        if (!matcher.find()) {
            return new HaproxyAlert(Optional.empty(), text);
        }
        return new HaproxyAlert(
                Optional.of(Integer.parseInt(matcher.group(1))),
                matcher.start() == 0 ? text.substring(matcher.end()) : text);
    }
}
