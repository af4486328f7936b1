package io.interlock.haproxy.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Has HAProxy check a configuration file before it becomes the live one. */
final class Validator {

    private static final int MOST_MESSAGES = 5;
    private static final Pattern ALERT = Pattern.compile("\\[ALERT\\]\\s+(?:\\(\\d+\\) : )?(.*)");
    private static final Pattern PLACE = Pattern.compile("\\[[^\\]]*:(\\d{1,9})\\]");
    private static final String SUMMARY = "found in configuration";

    private final Path binary;
    private final Duration timeout;

    Validator(Path binary, Duration timeout) {
        this.binary = binary;
        this.timeout = timeout;
    }

    /**
     * @param candidate the file to check
     * @param text what is in it
     * @param liveName what messages are to call it
     * @throws HaproxyException.InvalidConfig if HAProxy refuses it
     * @throws HaproxyException if HAProxy could not be asked
     */
    void check(Path candidate, String text, Path liveName) throws HaproxyException, InterruptedException {
        CommandRunner.Outcome outcome;
        try {
            outcome = CommandRunner.run(List.of(binary.toString(), "-c", "-f", candidate.toString()), timeout);
        } catch (IOException e) {
            throw new HaproxyException("HAProxy could not check the configuration: " + e.getMessage(), e);
        }
        List<String> alerts = outcome.output()
                .lines()
                .map(ALERT::matcher)
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1))
                .toList();
        if (outcome.exitCode() != 0 || !alerts.isEmpty()) {
            throw new HaproxyException.InvalidConfig("HAProxy refuses the configuration: "
                    + explain(alerts, text)
                            .orElse("exit code " + outcome.exitCode())
                            .replace(candidate.toString(), liveName.toString()));
        }
    }

    private static Optional<String> explain(List<String> alerts, String text) {
        List<String> lines = text.lines().toList();
        String explained = alerts.stream()
                .filter(alert -> !alert.contains(SUMMARY))
                .limit(MOST_MESSAGES)
                .map(alert -> alert + quotedLine(alert, lines))
                .collect(Collectors.joining("; "));
        return explained.isEmpty() ? Optional.empty() : Optional.of(explained);
    }

    /** The line that a message is about, unless it may hold a password. */
    private static String quotedLine(String alert, List<String> lines) {
        Matcher place = PLACE.matcher(alert);
        if (!place.find()) {
            return "";
        }
        int number = Integer.parseInt(place.group(1));
        if (number < 1 || number > lines.size()) {
            return "";
        }
        String line = lines.get(number - 1).strip();
        String lower = line.toLowerCase(Locale.ROOT);
        return lower.contains("auth") || lower.contains("password") ? "" : " in the line: " + line;
    }
}
