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
 * The PEM files that HAProxy's list of certificates names, keys included. A path stands for one content for ever, so that a
 * file is written once, and is there for every list that names it, the present one and the one before.
 */
final class CertificateFileStore {

    private static final Logger log = LoggerFactory.getLogger(CertificateFileStore.class);

    private final Path folder;
    private final FileAccess access;

    /** What is known to be there as it should be. */
    private final Set<String> known = new HashSet<>();

    CertificateFileStore(Path folder, FileAccess access) {
        this.folder = folder;
        this.access = access;
    }

    /**
     * Writes those that are not there yet. One that an earlier controller wrote is compared once: after a power failure it may
     * be empty.
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

    /** Removes what is none of these. */
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
