package io.interlock.app.certificates;

import io.interlock.util.AtomicFile;
import io.interlock.util.ErrorMessages;
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
import java.util.stream.Collectors;
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
    private static final String INDEX = ".in-service";
    private static final int DIGITS = 16;

    /** A load balancer may still read a copy that is no longer needed. */
    private static final Duration GRACE = Duration.ofMinutes(10);

    private final Path folder;
    private final Map<Path, Instant> unwantedSince = new HashMap<>();

    /** What the earlier run had in service; each certificate resumes it once, when it is seen first. */
    private @Nullable Map<String, List<Path>> resumable;

    private List<Path> remembered = List.of();

    CertificateCopyStore(Path folder) {
        this.folder = folder;
    }

    /**
     * Reads a certificate's files, and stores the content if it is good.
     *
     * @throws GeneralSecurityException if the certificate cannot be shown or copied; the message says why
     * @throws IOException if a file cannot be read
     */
    StoredCertificate keep(CertificateFilePair found) throws IOException, GeneralSecurityException {
        String certificate = PemText.read(found.certificate());
        List<String> keys = keys(found, certificate);
        String name = found.id() + "." + Sha256.hex(certificate + "\0" + String.join("\0", keys), DIGITS);
        Path copy = folder.resolve(name + ".pem");
        Optional<StoredCertificate> known = Files.exists(copy) ? read(copy) : Optional.empty();
        if (known.isPresent()) {
            // The key was compared when the copy was written. Comparing thousands of keys takes long.
            return known.get();
        }
        CertificateBundleReader.Content content = content(certificate, keys);
        Path path = content.bundle().disorder().isEmpty() ? copy : folder.resolve(name + "-disordered.pem");
        try {
            write(path, content.pem());
        } catch (IOException e) {
            throw new GeneralSecurityException("cannot be copied: " + ErrorMessages.reason(e), e);
        }
        return new StoredCertificate(content.bundle(), path, Files.size(path));
    }

    /** The texts that may hold the key, the best first: the key of a whole file is never older than its certificate. */
    private static List<String> keys(CertificateFilePair found, String certificate) throws IOException {
        if (found.key().equals(found.certificate())) {
            return List.of(certificate);
        }
        if (!CertificateBundleReader.hasKey(certificate)) {
            return List.of(PemText.read(found.key()));
        }
        return Files.isReadable(found.key()) ? List.of(certificate, PemText.read(found.key())) : List.of(certificate);
    }

    private static CertificateBundleReader.Content content(String certificate, List<String> keys)
            throws GeneralSecurityException {
        try {
            return CertificateBundleReader.read(certificate, keys.getFirst());
        } catch (GeneralSecurityException e) {
            if (keys.size() == 1) {
                throw e;
            }
            return CertificateBundleReader.read(certificate, keys.getLast());
        }
    }

    /**
     * The last good content, from an earlier run of Interlock.
     *
     * @param latest the current content of the certificate's files, if it is good
     */
    Optional<StoredCertificate> lastGood(String id, Optional<StoredCertificate> latest, Instant now)
            throws IOException {
        if (resumable == null) {
            resumable = resumable();
        }
        return resumable.getOrDefault(id, List.of()).stream()
                .filter(file ->
                        latest.filter(stored -> stored.file().equals(file)).isEmpty())
                .flatMap(file -> read(file).stream())
                .filter(stored -> !stored.bundle().isRefused(now))
                .findFirst();
    }

    /** The copies by id that were in service at the end of the earlier run, the best first. */
    private Map<String, List<Path>> resumable() throws IOException {
        Map<String, List<Path>> byId = new HashMap<>();
        Optional<String> index = new AtomicFile(folder.resolve(INDEX)).read();
        List<Path> files = index.isPresent()
                ? index.get().lines().map(folder::resolve).toList()
                : files().stream()
                        .sorted(Comparator.comparing(CertificateCopyStore::modified)
                                .reversed())
                        .toList();
        for (Path file : files) {
            Matcher matcher = NAME.matcher(String.valueOf(file.getFileName()));
            if (matcher.matches()) {
                byId.computeIfAbsent(matcher.group(1), any -> new ArrayList<>()).add(file);
            }
        }
        return byId;
    }

    /**
     * Records which copies are in service, so that only these return after a restart.
     *
     * @param inService the best of each certificate first
     */
    void remember(List<Path> inService) throws IOException {
        if (!inService.equals(remembered)) {
            FileAccess.PRIVATE.makeFolder(folder);
            new AtomicFile(folder.resolve(INDEX))
                    .write(inService.stream()
                            .map(file -> file.getFileName() + "\n")
                            .collect(Collectors.joining()));
            remembered = inService;
        }
    }

    /** Forgets what an earlier run had in service for a certificate. */
    void forget(String id) {
        if (resumable != null) {
            resumable.remove(id);
        }
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
                for (Path file : all) {
                    if (!String.valueOf(file.getFileName()).startsWith(".")) {
                        files.add(file);
                    }
                }
            }
        }
        return files;
    }

    private void write(Path path, String pem) throws IOException {
        FileAccess.PRIVATE.makeFolder(folder);
        new AtomicFile(path).write(pem);
    }
}
