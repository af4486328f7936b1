package io.interlock.app.acme;

import io.interlock.api.topology.AcmeChallenge;
import io.interlock.api.topology.HostName;
import io.interlock.app.acme.record.IssuanceRecord;
import io.interlock.app.certificates.CertificateManager.Validity;
import io.interlock.util.AtomicFile;
import io.interlock.util.FileAccess;
import io.interlock.util.PemText;
import io.interlock.util.TextFileReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
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

    /** What nobody has touched for this long is left over from an Interlock that was killed. */
    private static final Duration LEFTOVER = Duration.ofDays(1);

    private static final String CERTIFICATES = "certificates";
    private static final String CHALLENGES = "challenges";
    private static final String ORDERS = "orders";
    private static final String LOCKS = "locks";
    private static final String INSTANCES = "instances";
    private static final int SIZE_OF_A_CERTIFICATE = 16_384;
    private static final int MAX_FILE = 1 << 20;

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

    /**
     * Creates all folders that are missing.
     *
     * @throws IOException if one cannot be; the message says which and why
     */
    void make() throws IOException {
        makeFolder(root);
        for (String name : List.of(CERTIFICATES, CHALLENGES, ORDERS, LOCKS, INSTANCES)) {
            makeFolder(root.resolve(name));
        }
    }

    private static void makeFolder(Path folder) throws IOException {
        if (Files.isSymbolicLink(folder) && !Files.exists(folder)) {
            throw new FileSystemException(folder.toString(), null, "is a link to something that does not exist");
        }
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new NotDirectoryException(folder.toString());
        }
        FileAccess.PRIVATE.makeFolder(folder);
    }

    /**
     * Writes a file of the size of a certificate where that of a name will be, and removes it.
     *
     * @throws IOException if that fails; a certificate that was ordered now would be lost
     */
    void proveWritable(HostName name) throws IOException {
        Path file = certificate(name);
        if (Files.isDirectory(file)) {
            throw new FileSystemException(file.toString(), null, "is a directory in the place of a certificate");
        }
        AtomicFile probe = new AtomicFile(file, FileAccess.PRIVATE, instance);
        try {
            Path unused = probe.stage("-".repeat(SIZE_OF_A_CERTIFICATE));
        } finally {
            probe.discard();
        }
    }

    /** The issued certificate of a name; empty if there is none, or the file holds none. */
    Optional<X509Certificate> present(HostName name) throws IOException {
        try {
            return Files.isRegularFile(certificate(name))
                    ? Optional.of(PemText.certificates(PemText.read(certificate(name)))
                            .getFirst())
                    : Optional.empty();
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    /** The period in which a certificate is valid. */
    static Validity validity(X509Certificate certificate) {
        return new Validity(
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
    }

    /** The folder of issued certificates. */
    Path certificates() {
        return root.resolve(CERTIFICATES);
    }

    /** The file of the certificate that was issued for a name. */
    Path certificate(HostName name) {
        return certificates().resolve(name.value() + ".pem");
    }

    /** The file of the account's key. */
    Path accountKey() {
        return root.resolve("account.key");
    }

    /** Writes a text that only the user of this process can read; it survives a power failure. */
    void write(Path file, String text) throws IOException {
        AtomicFile target = new AtomicFile(file, FileAccess.PRIVATE, instance);
        Path unused = target.stage(text);
        target.commit();
    }

    /** Acquires the right to order for a name; empty if another Interlock, or another thread of this one, has it. */
    Optional<Lock> lock(String name) throws IOException {
        FileChannel channel = FileChannel.open(
                root.resolve(LOCKS).resolve(name), Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), OURS);
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
        for (Path file : files(root.resolve(CHALLENGES))) {
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

    private void writeBriefly(Path file, String text) throws IOException {
        new AtomicFile(file, FileAccess.PRIVATE, instance).write(text);
    }

    void ask(AcmeChallenge challenge) throws IOException {
        writeBriefly(root.resolve(CHALLENGES).resolve(challenge.token()), challenge.answer());
    }

    void askNoMore(String token) throws IOException {
        Files.deleteIfExists(root.resolve(CHALLENGES).resolve(token));
    }

    /** Records that this Interlock is alive, and which challenges its load balancers answer. */
    void signOfLife(Set<String> tokens) throws IOException {
        writeBriefly(root.resolve(INSTANCES).resolve(instance), String.join("\n", tokens) + "\n");
    }

    void endOfLife() throws IOException {
        Files.deleteIfExists(root.resolve(INSTANCES).resolve(instance));
    }

    /** Whether every live Interlock reports that it answers a challenge. */
    boolean isAnsweredEverywhere(String token) throws IOException {
        Path own = root.resolve(INSTANCES).resolve(instance);
        if (!Files.exists(own)) {
            return false;
        }
        // Only times of the shared file system are compared, so the clocks of its users do not matter.
        Instant recent = Files.getLastModifiedTime(own).toInstant().minus(LIFE_SIGN);
        for (Path file : files(root.resolve(INSTANCES))) {
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

    /** What is known of the certificate of a name, to every Interlock that shares the folder. */
    IssuanceRecord record(HostName name) throws IOException {
        try {
            return read(recordFile(name)).map(IssuanceRecord::parse).orElse(IssuanceRecord.EMPTY);
        } catch (IllegalArgumentException e) {
            // A power failure can leave an empty file: the certificate itself says whether it is due.
            return IssuanceRecord.EMPTY;
        }
    }

    /** Writes down what is known, so that it survives a power failure. */
    void write(HostName name, IssuanceRecord record) throws IOException {
        write(recordFile(name), record.text());
    }

    private Path recordFile(HostName name) {
        return root.resolve(ORDERS).resolve(name.value() + ".json");
    }

    /** Removes challenges and signs of life that nobody has removed for a day. */
    void removeLeftovers() throws IOException {
        Path own = root.resolve(INSTANCES).resolve(instance);
        if (Files.exists(own)) {
            Instant old = modified(own).minus(LEFTOVER);
            for (String name : List.of(CHALLENGES, INSTANCES)) {
                for (Path file : files(root.resolve(name))) {
                    if (modified(file).isBefore(old)) {
                        Files.deleteIfExists(file);
                    }
                }
            }
        }
    }

    private static Optional<String> read(Path file) throws IOException {
        try {
            return Optional.of(TextFileReader.read(file, MAX_FILE, StandardCharsets.UTF_8));
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
