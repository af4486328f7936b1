package io.interlock.util;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Normal form of the path of a URL (RFC 3986, 6.2.2), with merged slashes: the form in which routes are compared. docs/requests.md
 * describes it. Time and memory are proportional to the length of the path.
 */
public final class PathNormalForm {

    private static final String UNRESERVED = "-._~";

    /** In a path with decoded unreserved characters: what servers of different kinds read differently. */
    private static final Pattern AMBIGUOUS =
            Pattern.compile("%(?:2F|5C|[01][0-9A-F]|7F|C[01]%[89AB]|E0%[89]|F0%8)|/[.]{0,2}(?:;|%3B|%3F|%23)");

    private static final Pattern PARAMETERS = Pattern.compile("(?:;|%3B|%3F|%23)[^/]*");

    private PathNormalForm() {}

    /**
     * Returns the normal form. Characters beyond ASCII are encoded as UTF-8, as browsers do.
     *
     * @param path absolute, without a query
     * @throws IllegalArgumentException if the path has no normal form; its message says why
     */
    public static String of(String path) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("does not begin with /");
        }
        String decoded = decoded(path);
        if (AMBIGUOUS.matcher(decoded).find()) {
            throw new IllegalArgumentException(
                    "has an encoded slash, backslash or control character, an overlong encoding,"
                            + " or a parameter in a segment without a name");
        }
        return withoutDots(decoded);
    }

    /** What an application sees that cuts parameters off; nothing if there are none. */
    public static Optional<String> withoutParameters(String normalForm) {
        String cut = PARAMETERS.matcher(normalForm).replaceAll("");
        return cut.equals(normalForm) ? Optional.empty() : Optional.of(cut);
    }

    private static String decoded(String path) {
        StringBuilder text = new StringBuilder(path.length());
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            int octet = bytes[i] & 0xff;
            if (octet == '%') {
                if (i + 2 >= bytes.length
                        || !HexFormat.isHexDigit(bytes[i + 1])
                        || !HexFormat.isHexDigit(bytes[i + 2])) {
                    throw new IllegalArgumentException("has a % without two hexadecimal digits");
                }
                int encoded = HexFormat.fromHexDigit(bytes[i + 1]) * 16 + HexFormat.fromHexDigit(bytes[i + 2]);
                append(text, encoded, isUnreserved(encoded));
                i += 2;
            } else if (octet <= ' ' || octet == 0x7f || octet == '#' || octet == '\\') {
                throw new IllegalArgumentException("has a blank, control character, # or backslash");
            } else {
                append(text, octet, octet < 0x80);
            }
        }
        return text.toString();
    }

    private static void append(StringBuilder text, int octet, boolean literal) {
        if (literal) {
            text.append((char) octet);
        } else {
            text.append('%').append(HexFormat.of().withUpperCase().toHexDigits((byte) octet));
        }
    }

    private static boolean isUnreserved(int octet) {
        return (octet >= 'a' && octet <= 'z')
                || (octet >= 'A' && octet <= 'Z')
                || (octet >= '0' && octet <= '9')
                || UNRESERVED.indexOf(octet) >= 0;
    }

    private static String withoutDots(String path) {
        List<String> segments = new ArrayList<>();
        boolean folder = false;
        for (String segment : path.split("/+", -1)) {
            folder = segment.isEmpty() || segment.equals(".") || segment.equals("..");
            if (segment.equals("..") && !segments.isEmpty()) {
                segments.removeLast();
            } else if (!folder) {
                segments.add(segment);
            }
        }
        String joined = "/" + String.join("/", segments);
        return folder && joined.length() > 1 ? joined + "/" : joined;
    }
}
