package io.interlock.app.docker.client;

import java.util.Locale;
import java.util.Map;

/** Compares signals as engines write them: {@code 15}, {@code SIGTERM}, {@code TERM}, {@code SIGRTMIN+3}. */
public final class ContainerSignals {

    public static final String DEFAULT_STOP_SIGNAL = "SIGTERM";

    private static final int REAL_TIME_MIN = 34;
    private static final int REAL_TIME_MAX = 64;
    private static final int KILL = 9;
    private static final int UNKNOWN = -1;

    /** Linux's signal numbers on x86 and Arm. */
    private static final Map<String, Integer> NUMBERS = Map.ofEntries(
            Map.entry("HUP", 1),
            Map.entry("INT", 2),
            Map.entry("QUIT", 3),
            Map.entry("ILL", 4),
            Map.entry("TRAP", 5),
            Map.entry("ABRT", 6),
            Map.entry("IOT", 6),
            Map.entry("BUS", 7),
            Map.entry("FPE", 8),
            Map.entry("KILL", KILL),
            Map.entry("USR1", 10),
            Map.entry("SEGV", 11),
            Map.entry("USR2", 12),
            Map.entry("PIPE", 13),
            Map.entry("ALRM", 14),
            Map.entry("TERM", 15),
            Map.entry("STKFLT", 16),
            Map.entry("CHLD", 17),
            Map.entry("CONT", 18),
            Map.entry("STOP", 19),
            Map.entry("TSTP", 20),
            Map.entry("TTIN", 21),
            Map.entry("TTOU", 22),
            Map.entry("URG", 23),
            Map.entry("XCPU", 24),
            Map.entry("XFSZ", 25),
            Map.entry("VTALRM", 26),
            Map.entry("PROF", 27),
            Map.entry("WINCH", 28),
            Map.entry("IO", 29),
            Map.entry("POLL", 29),
            Map.entry("PWR", 30),
            Map.entry("SYS", 31),
            Map.entry("RTMIN", REAL_TIME_MIN),
            Map.entry("RTMAX", REAL_TIME_MAX));

    private ContainerSignals() {}

    /** Whether the signal asks a container to end: its own stop signal, or SIGKILL. */
    public static boolean ends(String signal, String stopSignal) {
        int number = number(signal);
        return number == KILL || (number != UNKNOWN && number == number(stopSignal));
    }

    private static int number(String signal) {
        String name = signal.strip().toUpperCase(Locale.ROOT);
        if (name.startsWith("SIG")) {
            name = name.substring(3);
        }
        int sign = Math.max(name.indexOf('+'), name.indexOf('-'));
        if (sign > 0) {
            int base = NUMBERS.getOrDefault(name.substring(0, sign), UNKNOWN);
            int offset = decimal(name.substring(sign + 1));
            return base == UNKNOWN || offset == UNKNOWN
                    ? UNKNOWN
                    : base + (name.charAt(sign) == '+' ? offset : -offset);
        }
        Integer number = NUMBERS.get(name);
        return number != null ? number : decimal(name);
    }

    private static int decimal(String digits) {
        boolean valid = !digits.isEmpty()
                && digits.length() <= 3
                && digits.chars().allMatch(character -> character >= '0' && character <= '9');
        return valid ? Integer.parseInt(digits) : UNKNOWN;
    }
}
