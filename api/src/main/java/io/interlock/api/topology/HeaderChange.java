package io.interlock.api.topology;

import io.interlock.api.Experimental;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What happens to a header field (RFC 9110, section 5).
 *
 * @param name letters, digits, {@code _ . -}, at most 128 characters; none of those that frame the message or belong to the connection
 * @param value what it is set to, whatever it was: visible ASCII and inner blanks, at most 2048 characters; empty: the field is
 *     removed
 */
@Experimental
public record HeaderChange(String name, Optional<String> value) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,128}");
    private static final Pattern VALUE = Pattern.compile("[!-~](?:[ -~]{0,2046}[!-~])?");

    /** With these a container could make two parties see different messages. */
    private static final Set<String> FRAMING = Set.of(
            "connection",
            "content-length",
            "host",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    /**
     * @throws IllegalArgumentException if the name or the value is none
     */
    public HeaderChange {
        requireName(name);
        if (FRAMING.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(
                    "the header " + name + " belongs to the connection and cannot be changed");
        }
        if (value.isPresent() && !VALUE.matcher(value.get()).matches()) {
            throw new IllegalArgumentException("the value for the header " + name
                    + " is none, expected visible ASCII characters and inner blanks, at most 2048");
        }
    }

    /** Without the value, which may be secret. */
    @Override
    public String toString() {
        return name + value.map(shown -> ": …").orElse(": removed");
    }

    /**
     * @throws IllegalArgumentException if it is not the name of a header
     */
    static String requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "not the name of a header: " + QuotedText.quoted(name) + ", expected one such as X-Frame-Options");
        }
        return name;
    }
}
