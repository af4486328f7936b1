package io.interlock.app.config.key;

import io.interlock.app.config.value.FilePathParser;
import io.interlock.app.config.value.ParsedValue;
import io.interlock.util.PemText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/** Types of keys with a path. A relative path starts from the configuration file's folder. */
public final class PathTypes {

    private static final String EXPECTED_FOLDER = "the path of a folder";
    private static final String EXPECTED_PEM = "a readable file with PEM certificates";

    private PathTypes() {}

    public static ValueType<Path> anyPath() {
        return ValueTypes.path(FilePathParser.EXPECTED, ParsedValue::good);
    }

    /** Type of a folder that may be missing. The existing part of its path must consist of folders. */
    static ValueType<Path> folder() {
        return ValueTypes.path(FilePathParser.EXPECTED, PathTypes::withoutFileInTheWay);
    }

    private static ParsedValue<Path> withoutFileInTheWay(Path path) {
        for (Path part = path; part != null; part = part.getParent()) {
            if (Files.isSymbolicLink(part) && !Files.exists(part)) {
                return ParsedValue.bad(
                        EXPECTED_FOLDER,
                        (part.equals(path) ? "it" : part) + " is a link to something that does not exist");
            }
            if (Files.exists(part) && !Files.isDirectory(part)) {
                return ParsedValue.bad(EXPECTED_FOLDER, part.equals(path) ? "it is a file" : part + " is a file");
            }
        }
        return ParsedValue.good(path);
    }

    static ValueType<Path> existingFolder() {
        return ValueTypes.path(
                EXPECTED_FOLDER,
                path -> Files.isDirectory(path)
                        ? ParsedValue.good(path)
                        : ParsedValue.bad(EXPECTED_FOLDER + " that exists", "there is none"));
    }

    static ValueType<Path> certificates() {
        return ValueTypes.path(EXPECTED_PEM, PathTypes::withCertificates);
    }

    private static ParsedValue<Path> withCertificates(Path path) {
        try {
            PemText.certificates(PemText.read(path));
            return ParsedValue.good(path);
        } catch (IOException e) {
            return ParsedValue.bad(EXPECTED_PEM, "it is " + FilePathParser.whyUnreadable(e));
        } catch (GeneralSecurityException e) {
            return ParsedValue.bad(EXPECTED_PEM, "it is " + e.getMessage());
        }
    }
}
