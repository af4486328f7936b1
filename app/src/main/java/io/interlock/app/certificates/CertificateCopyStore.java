package io.interlock.app.certificates;

import io.interlock.util.AtomicFile;
import io.interlock.util.FileAccess;
import io.interlock.util.PemText;
import io.interlock.util.Sha256;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores copies of good certificates, each content in its own file, which only this user can read. A later change of
 * the original does no harm, even after a restart of Interlock. Confined to one thread.
 */
final class CertificateCopyStore {

    private static final Logger log = LoggerFactory.getLogger("tls");
    private static final Pattern NAME = Pattern.compile("(.+)\\.[0-9a-f]{16}(-disordered)?\\.pem");
    private static final int DIGITS = 16;

    /** A load balancer may still read a copy that is no longer needed. */
    private static final Duration GRACE = Duration.ofMinutes(10);

    private final Path folder;
    private final Map<Path, Instant> unwantedSince = new HashMap<>();

    /** The files as they were at the start. */
    private @Nullable Map<String, List<Path>> namesById;

    CertificateCopyStore(Path folder) {
        this.folder = folder;
    }

    /**
     * Reads a certificate's files, and stores the content if it is good.
     *
     * @throws GeneralSecurityException if the certificate cannot be shown; the message says why
     * @throws IOException if a file cannot be read or the copy cannot be written
     */
    StoredCertificate keep(CertificateFilePair found) throws IOException, GeneralSecurityException {
        String certificate = PemText.read(found.certificate());
        String key = found.key().equals(found.certificate()) ? certificate : PemText.read(found.key());
        String name = found.id() + "." + digest(certificate, key);
        Path copy = folder.resolve(name + ".pem");
        Optional<StoredCertificate> known = Files.exists(copy) ? read(copy) : Optional.empty();
        if (known.isPresent()) {
            // The key was compared when the copy was written. Comparing thousands of keys takes long.
            return known.get();
        }
        CertificateBundleReader.Content content = CertificateBundleReader.read(certificate, key);
        Path path = content.bundle().disorder().isEmpty() ? copy : folder.resolve(name + "-disordered.pem");
        write(path, content.pem());
        return new StoredCertificate(content.bundle(), path, Files.size(path));
    }

    /**
     * The last good content, from an earlier run of Interlock.
     *
     * @param latest the current content of the certificate's files, if it is good
     */
    Optional<StoredCertificate> lastGood(String id, Optional<StoredCertificate> latest, Instant now)
            throws IOException {
        if (namesById == null) {
            namesById = new HashMap<>();
            for (Path file : files()) {
                Matcher matcher = NAME.matcher(String.valueOf(file.getFileName()));
                if (matcher.matches() && matcher.group(2) == null) {
                    namesById
                            .computeIfAbsent(matcher.group(1), any -> new ArrayList<>())
                            .add(file);
                }
            }
        }
        return namesById.getOrDefault(id, List.of()).stream()
                .sorted(Comparator.comparing(CertificateCopyStore::modified).reversed())
                .filter(file ->
                        latest.filter(stored -> stored.file().equals(file)).isEmpty())
                .flatMap(file -> read(file).stream())
                .filter(stored -> stored.bundle().flaw(now).isEmpty())
                .findFirst();
    }

    /** Removes the copies that have been unused for a while. */
    void keepOnly(Set<Path> desired, Instant now) throws IOException {
        for (Path file : files()) {
            if (desired.contains(file)) {
                unwantedSince.remove(file);
            } else if (unwantedSince
                    .computeIfAbsent(file, key -> now)
                    .plus(GRACE)
                    .isBefore(now)) {
                Files.deleteIfExists(file);
                unwantedSince.remove(file);
            }
        }
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }

    private static Optional<StoredCertificate> read(Path copy) {
        try {
            return Optional.of(new StoredCertificate(
                    CertificateBundleReader.readOwn(PemText.read(copy), Optional.empty()), copy, Files.size(copy)));
        } catch (IOException | GeneralSecurityException e) {
            log.debug("{} is damaged", copy, e);
            return Optional.empty();
        }
    }

    private List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
                all.forEach(files::add);
            }
        }
        return files;
    }

    private void write(Path path, String pem) throws IOException {
        FileAccess.PRIVATE.makeFolder(folder);
        new AtomicFile(path).write(pem);
    }

    private static String digest(String certificate, String key) {
        return Sha256.hex(certificate + "\0" + key, DIGITS);
    }
}
