package io.interlock.app.acme;

import io.interlock.api.topology.AcmeChallenge;
import io.interlock.api.topology.HostName;
import io.interlock.util.AtomicFile;
import io.interlock.util.FileAccess;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Folder that several instances of Interlock share. It is on a file system that all of them see, and only their user
 * can read it. Each file is written beside its place and then moved there, so that no reader sees half of one. Safe for
 * all threads.
 */
final class AcmeFolder {

    private static final FileAttribute<Set<PosixFilePermission>> OURS =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /** An instance without a sign of life for this long is considered gone. */
    private static final Duration LIFE_SIGN = Duration.ofSeconds(15);

    private final Path root;
    private final String instance;

    /**
     * @param instance a name that no other Interlock has
     */
    AcmeFolder(Path root, String instance) {
        this.root = root;
        this.instance = instance;
    }

    /** Right to order a certificate, held by one of all that share the folder. */
    interface Lock extends AutoCloseable {
        @Override
        void close() throws IOException;
    }

    /** Creates all folders. */
    void make() throws IOException {
        for (String name : List.of("certificates", "challenges", "failures", "locks", "instances")) {
            FileAccess.PRIVATE.makeFolder(root.resolve(name));
        }
    }

    /** The folder of issued certificates. */
    Path certificates() {
        return root.resolve("certificates");
    }

    /** The file of the certificate that was issued for a name. */
    Path certificate(HostName name) {
        return certificates().resolve(name.value() + ".pem");
    }

    /** The file of the account's key. */
    Path accountKey() {
        return root.resolve("account.key");
    }

    /** Writes a text that only the user of this process can read. */
    void write(Path file, String text) throws IOException {
        new AtomicFile(file, FileAccess.PRIVATE, instance).write(text);
    }

    /** Acquires the right to order for a name; empty if another Interlock, or another thread of this one, has it. */
    Optional<Lock> lock(String name) throws IOException {
        FileChannel channel = FileChannel.open(
                root.resolve("locks").resolve(name), Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), OURS);
        try {
            if (channel.tryLock() != null) {
                return Optional.of(channel::close);
            }
        } catch (OverlappingFileLockException e) {
            // Another thread of this process has the lock.
        }
        channel.close();
        return Optional.empty();
    }

    /** The challenges that all who share the folder must answer. */
    List<AcmeChallenge> challenges() throws IOException {
        List<AcmeChallenge> challenges = new ArrayList<>();
        for (Path file : files(root.resolve("challenges"))) {
            read(file).ifPresent(answer -> {
                try {
                    challenges.add(new AcmeChallenge(String.valueOf(file.getFileName()), answer.strip()));
                } catch (IllegalArgumentException e) {
                    // The file is no challenge of Interlock.
                }
            });
        }
        return challenges.stream().sorted().toList();
    }

    void ask(AcmeChallenge challenge) throws IOException {
        write(root.resolve("challenges").resolve(challenge.token()), challenge.answer());
    }

    void askNoMore(String token) throws IOException {
        Files.deleteIfExists(root.resolve("challenges").resolve(token));
    }

    /** Records that this Interlock is alive, and which challenges its load balancers answer. */
    void signOfLife(Set<String> tokens) throws IOException {
        write(root.resolve("instances").resolve(instance), String.join("\n", tokens) + "\n");
    }

    void endOfLife() throws IOException {
        Files.deleteIfExists(root.resolve("instances").resolve(instance));
    }

    /** Whether every live Interlock reports that it answers a challenge. */
    boolean isAnsweredEverywhere(String token) throws IOException {
        Path own = root.resolve("instances").resolve(instance);
        if (!Files.exists(own)) {
            return false;
        }
        // Only times of the shared file system are compared, so the clocks of its users do not matter.
        Instant recent = Files.getLastModifiedTime(own).toInstant().minus(LIFE_SIGN);
        for (Path file : files(root.resolve("instances"))) {
            Optional<String> tokens = read(file);
            if (tokens.isPresent()
                    && tokens.get().lines().noneMatch(token::equals)
                    && modified(file).isAfter(recent)) {
                return false;
            }
        }
        return true;
    }

    private static Instant modified(Path file) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (NoSuchFileException e) {
            return Instant.MIN;
        }
    }

    /** The failed attempts for a name, of every Interlock that shares the folder. */
    IssuanceAttempts attempts(HostName name) {
        try {
            List<String> lines = read(failure(name)).orElse("").lines().toList();
            return lines.size() < 3
                    ? IssuanceAttempts.NONE
                    : new IssuanceAttempts(Integer.parseInt(lines.get(0)), Instant.parse(lines.get(1)), lines.get(2));
        } catch (IOException | DateTimeException | NumberFormatException e) {
            return IssuanceAttempts.NONE;
        }
    }

    void failed(HostName name, IssuanceAttempts attempts) throws IOException {
        write(failure(name), attempts.failures() + "\n" + attempts.next() + "\n" + attempts.reason() + "\n");
    }

    void succeeded(HostName name) throws IOException {
        Files.deleteIfExists(failure(name));
    }

    private Path failure(HostName name) {
        return root.resolve("failures").resolve(name.value());
    }

    private static Optional<String> read(Path file) throws IOException {
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(
                folder, file -> !String.valueOf(file.getFileName()).startsWith("."))) {
            all.forEach(files::add);
        } catch (NoSuchFileException e) {
            return List.of();
        }
        return files;
    }
}
