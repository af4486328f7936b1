package io.interlock.app.config;

import io.interlock.util.PemText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/** Paths that keys take. Relative ones start from the configuration file's folder. */
final class ConfigFiles {

    private static final String EXPECTED_FOLDER = "the path of a folder";
    private static final String EXPECTED_PEM = "a readable file with PEM certificates";

    private ConfigFiles() {}

    static ValueType<Path> anyPath() {
        return ValueTypes.path(FilePaths.EXPECTED, Parsed::good);
    }

    /** A folder need not be there; but what is there of its path must be folders. */
    static ValueType<Path> folder() {
        return ValueTypes.path(FilePaths.EXPECTED, ConfigFiles::withoutFileInTheWay);
    }

    private static Parsed<Path> withoutFileInTheWay(Path path) {
        for (Path part = path; part != null; part = part.getParent()) {
            if (Files.exists(part) && !Files.isDirectory(part)) {
                return Parsed.bad(EXPECTED_FOLDER, part.equals(path) ? "it is a file" : part + " is a file");
            }
        }
        return Parsed.good(path);
    }

    static ValueType<Path> existingFolder() {
        return ValueTypes.path(
                EXPECTED_FOLDER,
                path -> Files.isDirectory(path)
                        ? Parsed.good(path)
                        : Parsed.bad(EXPECTED_FOLDER + " that exists", "there is none"));
    }

    static ValueType<Path> certificates() {
        return ValueTypes.path(EXPECTED_PEM, ConfigFiles::withCertificates);
    }

    private static Parsed<Path> withCertificates(Path path) {
        try {
            PemText.certificates(PemText.read(path));
            return Parsed.good(path);
        } catch (IOException e) {
            return Parsed.bad(EXPECTED_PEM, "it is " + FilePaths.whyUnreadable(e));
        } catch (GeneralSecurityException e) {
            return Parsed.bad(EXPECTED_PEM, "it is " + e.getMessage());
        }
    }
}
