package io.interlock.haproxy.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the process that listens on a TCP port, from {@code /proc}. Best effort, for messages. */
final class PortOwnerDetector {

    private static final Path PROC = Path.of("/proc");
    private static final String LISTENING = "0A";
    private static final int LOCAL_ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;

    private PortOwnerDetector() {}

    static Optional<ProcessHandle> of(int port) {
        Set<String> sockets = Stream.of("net/tcp", "net/tcp6")
                .flatMap(table -> lines(PROC.resolve(table)).stream())
                .map(line -> line.strip().split("\\s+"))
                .filter(fields -> fields.length > INODE
                        && fields[STATE].equals(LISTENING)
                        && fields[LOCAL_ADDRESS].endsWith(String.format(Locale.ROOT, ":%04X", port)))
                .map(fields -> "socket:[" + fields[INODE] + "]")
                .collect(Collectors.toSet());
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return sockets.isEmpty()
                    ? Optional.empty()
                    : all.filter(process -> hasOpen(process, sockets)).findFirst();
        }
    }

    private static List<String> lines(Path table) {
        try {
            return Files.readAllLines(table);
        } catch (IOException e) {
            return List.of();
        }
    }

    private static boolean hasOpen(ProcessHandle process, Set<String> sockets) {
        try (Stream<Path> descriptors = Files.list(PROC.resolve(process.pid() + "/fd"))) {
            return descriptors.anyMatch(descriptor -> sockets.contains(target(descriptor)));
        } catch (IOException | UncheckedIOException e) {
            // The process has ended meanwhile, or belongs to another user.
            return false;
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return "";
        }
    }
}
