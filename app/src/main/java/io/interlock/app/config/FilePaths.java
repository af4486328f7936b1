package io.interlock.app.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What may stand for a path, and words for a file that cannot be read. */
final class FilePaths {

    static final String EXPECTED = "a path";

    private FilePaths() {}

    /** Absolute and without {@code ..}. */
    static Parsed<Path> parse(String text, Path base) {
        if (text.chars().anyMatch(Character::isISOControl)) {
            return Parsed.bad("a path without control characters");
        }
        if (text.startsWith("~")) {
            return Parsed.bad(EXPECTED, "\"~\" is not replaced, write the folder's name");
        }
        try {
            return Parsed.good(base.resolve(text).normalize());
        } catch (InvalidPathException e) {
            return Parsed.bad(EXPECTED);
        }
    }

    static String whyUnreadable(IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> "no such file";
            case AccessDeniedException denied -> "a file that this user may not read";
            case CharacterCodingException binary -> "a file that is not UTF-8 text";
            default -> "a file that cannot be read (" + e.getMessage() + ")";
        };
    }
}
