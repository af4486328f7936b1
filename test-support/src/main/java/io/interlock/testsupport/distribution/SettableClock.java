package io.interlock.testsupport.distribution;

import io.interlock.testsupport.process.DistributionFiles;
import io.interlock.testsupport.process.FileTrees;
import io.interlock.testsupport.process.SystemProcesses;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** Time of day of processes, which can be set while they run; the machine's time stays. Needs {@code gcc}. */
public final class SettableClock implements AutoCloseable {

    private final Path folder;
    private final Path offset;

    private SettableClock(Path folder) {
        this.folder = folder;
        this.offset = folder.resolve("offset");
    }

    /** Creates a clock with the correct time. */
    public static SettableClock create() throws IOException {
        SettableClock clock = new SettableClock(Files.createTempDirectory("il-clock"));
        SystemProcesses.run(
                "gcc",
                "-std=gnu11",
                "-Wall",
                "-Wextra",
                "-Werror",
                "-O2",
                "-shared",
                "-fPIC",
                "-o",
                clock.library().toString(),
                DistributionFiles.projectFile("system-tests/src/test/c/clock.c").toString(),
                "-ldl");
        clock.set(Duration.ZERO);
        return clock;
    }

    private Path library() {
        return folder.resolve("clock.so");
    }

    /** Sets the clock of the processes that this builder will start, and of their descendants. */
    public ProcessBuilder applyTo(ProcessBuilder command) {
        command.environment().put("LD_PRELOAD", library().toString());
        command.environment().put("CLOCK_OFFSET", offset.toString());
        return command;
    }

    /**
     * Sets the clock, at once.
     *
     * @param ahead difference from the correct time, in whole seconds; negative: behind
     */
    public void set(Duration ahead) throws IOException {
        // Written in place, because the processes have the file mapped.
        try (FileChannel file = FileChannel.open(offset, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            int unused = file.write(ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .putLong(ahead.toSeconds())
                    .flip());
        }
    }

    @Override
    public void close() throws IOException {
        FileTrees.remove(folder);
    }
}
