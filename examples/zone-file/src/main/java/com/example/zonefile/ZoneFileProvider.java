package com.example.zonefile;

import io.interlock.api.dns.ChallengeRecord;
import io.interlock.api.dns.DnsProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.SortedSet;
import java.util.TreeSet;

/** Keeps the records in a file that a name server includes in its zone. The file is replaced as a whole. */
final class ZoneFileProvider implements DnsProvider {

    private final Path file;

    ZoneFileProvider(Path file) {
        this.file = file;
    }

    @Override
    public void present(ChallengeRecord record) throws IOException {
        SortedSet<String> lines = lines();
        lines.add(line(record));
        write(lines);
    }

    @Override
    public void cleanUp(ChallengeRecord record) throws IOException {
        SortedSet<String> lines = lines();
        lines.remove(line(record));
        write(lines);
    }

    static String line(ChallengeRecord record) {
        return record.name() + ". TXT \"" + record.value() + "\"";
    }

    private SortedSet<String> lines() throws IOException {
        return Files.exists(file) ? new TreeSet<>(Files.readAllLines(file)) : new TreeSet<>();
    }

    private void write(SortedSet<String> lines) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".new");
        Files.write(next, lines);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() {}
}
