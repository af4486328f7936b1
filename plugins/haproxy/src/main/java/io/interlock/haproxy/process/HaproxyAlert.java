package io.interlock.haproxy.process;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An {@code [ALERT]} of HAProxy about a configuration.
 *
 * @param line number of the line that it names, from 1; empty if it names none of the file that was checked
 * @param text what it says, without the place
 */
public record HaproxyAlert(Optional<Integer> line, String text) {

    /** With a time before HAProxy 2.4, and mostly with the part of HAProxy that speaks since. */
    private static final Pattern ALERT =
            Pattern.compile("\\[ALERT\\]\\s+(?:\\d+/\\d+\\s+)?(?:\\(\\d+\\) : )?(?:config : )?(.*)");

    private static final String SUMMARY = "found in configuration";

    /**
     * Finds the alerts in what HAProxy printed.
     *
     * @param file the file that was checked, as HAProxy was given it
     */
    static List<HaproxyAlert> in(String output, String file) {
        Pattern place = Pattern.compile("(?:parsing )?\\[?" + Pattern.quote(file) + ":(\\d{1,9})\\]?[ :]*");
        return output.lines()
                .map(ALERT::matcher)
                .filter(Matcher::lookingAt)
                .map(alert -> parse(alert.group(1), place))
                .toList();
    }

    /** Whether it is about a file besides the one that was checked. */
    public boolean names(String path) {
        return text.contains(path);
    }

    /** Whether it only says that there were others. */
    boolean isSummary() {
        return text.contains(SUMMARY);
    }

    /** Where the file is named by its place in the middle, it stays there. */
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
