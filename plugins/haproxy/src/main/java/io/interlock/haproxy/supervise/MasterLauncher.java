package io.interlock.haproxy.supervise;

import io.interlock.haproxy.process.HaproxyProcesses;
import io.interlock.haproxy.process.ProcessLog;
import io.interlock.haproxy.process.ProgramRunner;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Starts HAProxy in master-worker mode. HAProxy does not end with the controller: it has its own session, so that
 * Ctrl-C in a terminal does not reach it, and it prints into a file.
 */
final class MasterLauncher {

    private static final List<Path> SETSID = List.of(Path.of("/usr/bin/setsid"), Path.of("/bin/setsid"));

    private final ManagedHaproxySettings settings;
    private final ProcessLog log;

    MasterLauncher(ManagedHaproxySettings settings, ProcessLog log) {
        this.settings = settings;
        this.log = log;
    }

    ProcessHandle start() throws IOException {
        Files.createDirectories(Objects.requireNonNull(settings.pidFile().getParent()));
        List<String> command = new ArrayList<>();
        SETSID.stream().filter(Files::isExecutable).findFirst().ifPresent(setsid -> command.add(setsid.toString()));
        command.add(settings.binary().path().toString());
        command.addAll(arguments());
        return ProgramRunner.bare(new ProcessBuilder(command))
                .directory(settings.layout().directory().toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.open().toFile()))
                .start()
                .toHandle();
    }

    /** Whether the running process has the arguments that this launcher would use. */
    boolean started(ProcessHandle process) {
        List<String> actual = process.info().arguments().map(List::of).orElse(List.of());
        return actual.containsAll(arguments())
                && process.info().command().map(Path::of).filter(this::isBinary).isPresent();
    }

    private boolean isBinary(Path path) {
        try {
            return settings.binary().path().toRealPath().equals(path);
        } catch (IOException e) {
            return false;
        }
    }

    private List<String> arguments() {
        return List.of(
                "-W",
                "-S",
                HaproxyProcesses.socketArgument(settings.layout().masterSocket()),
                "-f",
                settings.config().toString(),
                "-p",
                settings.pidFile().toString());
    }
}
