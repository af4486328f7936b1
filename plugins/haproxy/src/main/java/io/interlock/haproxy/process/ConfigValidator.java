package io.interlock.haproxy.process;

import io.interlock.util.ErrorMessages;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Validates a configuration file with HAProxy before it becomes the live one. */
public final class ConfigValidator {

    private static final int MOST_MESSAGES = 5;

    /**
     * Exit codes after SIGHUP, SIGINT, SIGKILL or SIGTERM, which say nothing about the configuration. The exit code of
     * a crash does.
     */
    private static final Set<Integer> ENDED_BY_OTHERS = Set.of(128 + 1, 128 + 2, 128 + 9, 128 + 15);

    private final Path binary;
    private final Duration timeout;

    public ConfigValidator(Path binary, Duration timeout) {
        this.binary = binary;
        this.timeout = timeout;
    }

    /**
     * @param candidate the file to check
     * @param text the content of the file
     * @param liveName the name of the file in messages
     * @throws HaproxyException.InvalidConfig if HAProxy refuses the configuration
     * @throws HaproxyException if HAProxy could not be asked
     */
    public void check(Path candidate, String text, Path liveName) throws HaproxyException, InterruptedException {
        ProgramRunner.Outcome outcome;
        try {
            outcome = ProgramRunner.run(List.of(binary.toString(), "-c", "-f", candidate.toString()), timeout);
        } catch (IOException e) {
            throw new HaproxyException("HAProxy could not check the configuration: " + ErrorMessages.reason(e), e);
        }
        if (ENDED_BY_OTHERS.contains(outcome.exitCode())) {
            throw new HaproxyException("somebody ended HAProxy while it checked the configuration");
        }
        List<HaproxyAlert> alerts = HaproxyAlert.in(outcome.output(), candidate.toString());
        // HAProxy 3.4.0 was observed to exit with 0 despite an alert.
        if (outcome.exitCode() != 0 || !alerts.isEmpty()) {
            List<HaproxyAlert> telling = alerts.stream()
                    .filter(alert -> !alert.isSummary())
                    .map(alert -> new HaproxyAlert(
                            alert.line(), alert.text().replace(candidate.toString(), liveName.toString())))
                    .toList();
            String what = telling.isEmpty() ? "exit code " + outcome.exitCode() : explain(telling, text, liveName);
            throw new HaproxyException.InvalidConfig("HAProxy refuses the configuration: " + what, telling);
        }
    }

    private static String explain(List<HaproxyAlert> alerts, String text, Path liveName) {
        List<String> lines = text.lines().toList();
        return alerts.stream()
                .limit(MOST_MESSAGES)
                .map(alert -> alert.line()
                                .map(line -> "[" + liveName + ":" + line + "] : ")
                                .orElse("")
                        + alert.text()
                        + alert.line().map(line -> quotedLine(line, lines)).orElse(""))
                .collect(Collectors.joining("; "));
    }

    /** The line that a message is about, unless it may contain a password. */
    private static String quotedLine(int number, List<String> lines) {
        if (number < 1 || number > lines.size()) {
            return "";
        }
        String line = lines.get(number - 1).strip();
        String lower = line.toLowerCase(Locale.ROOT);
        return lower.contains("auth") || lower.contains("password") ? "" : " in the line: " + line;
    }
}
