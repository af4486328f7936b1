package io.interlock.app.acme.record;

import io.interlock.api.topology.HostName;
import io.interlock.app.certificates.CertificateManager.Validity;
import io.interlock.util.AtomicFile;
import io.interlock.util.FileAccess;
import io.interlock.util.PemText;
import io.interlock.util.Sha256;
import io.interlock.util.TextFileReader;
import java.io.IOException;
import java.net.URI;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Folder that several instances of Interlock share. It is on a file system that all of them see, and only their user
 * can read it. Each file is written beside its place and then moved there, so that no reader sees half of one. Safe for
 * all threads.
 */
public final class AcmeFolder {

    private static final FileAttribute<Set<PosixFilePermission>> OURS =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private static final String CERTIFICATES = "certificates";
    private static final String CHALLENGES = "challenges";
    private static final String ORDERS = "orders";
    private static final String LOCKS = "locks";
    private static final String INSTANCES = "instances";
    private static final int SHORT_DIGEST = 12;
    private static final String RECORD = ".json";
    private static final int SIZE_OF_A_CERTIFICATE = 16_384;
    private static final int MAX_FILE = 1 << 20;

    private final Path root;
    private final String instance;
    private final SharedChallengeStore shared;

    /**
     * @param instance a name that no other Interlock has
     */
    public AcmeFolder(Path root, String instance) {
        this.root = root;
        this.instance = instance;
        this.shared = new SharedChallengeStore(root.resolve(CHALLENGES), root.resolve(INSTANCES), instance);
    }

    /** Right to order a certificate, held by one of all that share the folder. */
    public interface Lock extends AutoCloseable {
        @Override
        void close() throws IOException;
    }

    /**
     * Creates all folders that are missing.
     *
     * @throws IOException if one cannot be; the message says which and why
     */
    public void make() throws IOException {
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
    public void proveWritable(HostName name) throws IOException {
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
    public Optional<X509Certificate> present(HostName name) throws IOException {
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
    public static Validity validity(X509Certificate certificate) {
        return new Validity(
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
    }

    /** The challenges and the instances. */
    public SharedChallengeStore shared() {
        return shared;
    }

    /** The folder of issued certificates. */
    public Path certificates() {
        return root.resolve(CERTIFICATES);
    }

    /** The file of the certificate that was issued for a name. */
    public Path certificate(HostName name) {
        return certificates().resolve(fileName(name) + ".pem");
    }

    /** A wildcard has an underscore in place of the asterisk, as no host name begins with one. */
    private static String fileName(HostName name) {
        return name.isWildcard() ? "_." + name.domain() : name.value();
    }

    /** The names about which something is written down. */
    public List<HostName> recordedNames() throws IOException {
        List<HostName> names = new ArrayList<>();
        for (Path file : files(root.resolve(ORDERS))) {
            String text = String.valueOf(file.getFileName());
            if (text.endsWith(RECORD)) {
                String name = text.substring(0, text.length() - RECORD.length());
                try {
                    names.add(new HostName(name.startsWith("_.") ? "*" + name.substring(1) : name));
                } catch (IllegalArgumentException e) {
                    // The file is none of Interlock.
                }
            }
        }
        return names;
    }

    /** The file of the account's key. */
    public Path accountKey() {
        return root.resolve("account.key");
    }

    /** The file of the key of the account at another authority. */
    public Path accountKey(URI directory) {
        return root.resolve("account-" + Sha256.hex(directory.toString(), SHORT_DIGEST) + ".key");
    }

    /** Writes a text that only the user of this process can read; it survives a power failure. */
    public void write(Path file, String text) throws IOException {
        AtomicFile target = new AtomicFile(file, FileAccess.PRIVATE, instance);
        Path unused = target.stage(text);
        target.commit();
    }

    /** Acquires the right to order for a name; empty if another Interlock, or another thread of this one, has it. */
    public Optional<Lock> lock(HostName name) throws IOException {
        return lock(fileName(name));
    }

    /** Acquires the right to change what a word stands for; empty if another Interlock, or another thread of this one, has it. */
    public Optional<Lock> lock(String name) throws IOException {
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

    /** What is known of the certificate of a name, to every Interlock that shares the folder. */
    public IssuanceRecord record(HostName name) throws IOException {
        try {
            return read(recordFile(name)).map(IssuanceRecord::parse).orElse(IssuanceRecord.EMPTY);
        } catch (IllegalArgumentException e) {
            // A power failure can leave an empty file: the certificate itself says whether it is due.
            return IssuanceRecord.EMPTY;
        }
    }

    /** Writes down what is known, so that it survives a power failure. */
    public void write(HostName name, IssuanceRecord record) throws IOException {
        write(recordFile(name), record.text());
    }

    private Path recordFile(HostName name) {
        return root.resolve(ORDERS).resolve(fileName(name) + RECORD);
    }

    static Optional<String> read(Path file) throws IOException {
        try {
            return Optional.of(TextFileReader.read(file, MAX_FILE, StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    static List<Path> files(Path folder) throws IOException {
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
