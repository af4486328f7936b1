package io.interlock.dns.exec;

import io.interlock.api.dns.ChallengeRecord;
import io.interlock.api.dns.DnsProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs the operator's program with the arguments {@code present} or {@code cleanup}, the name of the record with a dot at
 * its end, and its value. The program succeeds if it ends with 0.
 */
final class ExecProvider implements DnsProvider {

    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private final Path program;
    private final ExecConfig config;
    private final Path folder;

    /**
     * @param folder the folder in which the program runs
     */
    ExecProvider(Path program, ExecConfig config, Path folder) {
        this.program = program;
        this.config = config;
        this.folder = folder;
    }

    @Override
    public void present(ChallengeRecord record) throws IOException, InterruptedException {
        run("present", record);
    }

    @Override
    public void cleanUp(ChallengeRecord record) throws IOException, InterruptedException {
        run("cleanup", record);
    }

    private void run(String action, ChallengeRecord record) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        List.of(program.toString(), action, record.name() + ".", record.value()))
                .directory(folder.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true);
        // Interlock's own environment may have passwords of others.
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("PATH", PATH);
        environment.put("LANG", "C.UTF-8");
        environment.put("INTERLOCK_ZONE", record.zone() + ".");
        config.environment().forEach((name, value) -> environment.put(name, value.reveal()));
        Process process = builder.start();
        ProgramOutput output = ProgramOutput.follow(process.getInputStream(), program.getFileName() + " " + action);
        boolean isEnded = false;
        try {
            isEnded = process.waitFor(config.timeout(), TimeUnit.SECONDS);
        } finally {
            if (!isEnded) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }
        output.end();
        if (!isEnded) {
            throw new IOException(
                    program + " " + action + " did not end within " + config.timeout() + " s, and was killed");
        }
        if (process.exitValue() != 0) {
            throw new IOException(program + " " + action + " ended with " + process.exitValue()
                    + (output.lastLine().isEmpty() ? "" : ": " + output.lastLine()));
        }
    }

    @Override
    public void close() {
        // Nothing runs between calls.
    }
}
