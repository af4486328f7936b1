package io.interlock.app.cli;

import java.io.IOException;
import java.nio.file.Path;

/** Detects whether people look at standard output. */
final class TerminalDetector {

    private static final Path OUT = Path.of("/proc/self/fd/1");

    private TerminalDetector() {}

    /** Whether standard output is a terminal; not if that cannot be found out. */
    static boolean isTerminal() {
        try {
            Path device = OUT.toRealPath();
            return device.startsWith("/dev/pts") || device.toString().matches("/dev/(tty|console).*");
        } catch (IOException e) {
            return false;
        }
    }
}
