package io.interlock.app.config.value;

import io.interlock.util.ErrorMessages;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Parses paths, and describes files that cannot be read. */
public final class FilePathParser {

    public static final String EXPECTED = "a path";

    private FilePathParser() {}

    /** Returns the path, absolute and without {@code ..}. */
    public static ParsedValue<Path> parse(String text, Path base) {
        if (text.chars().anyMatch(Character::isISOControl)) {
            return ParsedValue.bad("a path without control characters");
        }
        if (text.startsWith("~")) {
            return ParsedValue.bad(EXPECTED, "\"~\" is not replaced, write the folder's name");
        }
        try {
            return ParsedValue.good(base.resolve(text).normalize());
        } catch (InvalidPathException e) {
            return ParsedValue.bad(EXPECTED);
        }
    }

    public static String whyUnreadable(IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> "no such file";
            case AccessDeniedException denied -> "a file that this user may not read";
            case CharacterCodingException binary -> "a file that is not UTF-8 text";
            default -> "a file that cannot be read (" + ErrorMessages.reason(e) + ")";
        };
    }
}
