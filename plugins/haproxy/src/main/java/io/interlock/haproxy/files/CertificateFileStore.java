package io.interlock.haproxy.files;

import io.interlock.haproxy.model.CertificateSpec;
import io.interlock.util.AtomicFile;
import io.interlock.util.ErrorMessages;
import io.interlock.util.FileAccess;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Store of the PEM files that HAProxy's list of certificates names, including the keys. A path always has the same
 * content, so a file is written once and serves every list that names it, the current and the previous one.
 */
final class CertificateFileStore {

    private static final Logger log = LoggerFactory.getLogger("haproxy");

    private final Path folder;
    private final FileAccess access;

    /** Paths of files that are known to exist with the correct content. */
    private final Set<String> known = new HashSet<>();

    CertificateFileStore(Path folder, FileAccess access) {
        this.folder = folder;
        this.access = access;
    }

    /**
     * Writes the missing files. A file that an earlier controller wrote is compared once, because it may be empty after
     * a power failure.
     */
    void bring(Collection<CertificateSpec> certificates) throws IOException {
        if (certificates.isEmpty()) {
            return;
        }
        access.makeFolder(folder);
        for (CertificateSpec certificate : certificates) {
            Path path = Path.of(certificate.path());
            if (known.contains(certificate.path()) && Files.exists(path)) {
                continue;
            }
            byte[] content = Files.readAllBytes(Path.of(certificate.source()));
            if (!isThere(path, content)) {
                write(path, content);
            }
            known.add(certificate.path());
        }
    }

    /** Deletes all files except the given ones. */
    void keepOnly(Set<String> paths) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> unwanted = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (!paths.contains(file.toString())) {
                    unwanted.add(file);
                }
            }
            for (Path file : unwanted) {
                Files.deleteIfExists(file);
                known.remove(file.toString());
            }
        } catch (IOException e) {
            log.warn("old certificates stay in {}: {}", folder, ErrorMessages.reasonAt(folder, e));
        }
    }

    private static boolean isThere(Path path, byte[] content) throws IOException {
        try {
            return Files.size(path) == content.length && Arrays.equals(Files.readAllBytes(path), content);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private void write(Path path, byte[] content) throws IOException {
        new AtomicFile(path, access).write(content);
    }
}
