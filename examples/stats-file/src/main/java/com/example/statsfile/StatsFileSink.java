package com.example.statsfile;

import io.interlock.api.sink.StatsSink;
import io.interlock.api.sink.StatsSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes the statistics of each snapshot into a file. The file is replaced as a whole. */
final class StatsFileSink implements StatsSink {

    private final Path file;

    StatsFileSink(Path file) {
        this.file = file;
    }

    @Override
    public void accept(StatsSnapshot snapshot) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(next, StatsFileText.of(snapshot));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() {}
}
