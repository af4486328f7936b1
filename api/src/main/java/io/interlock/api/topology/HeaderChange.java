package io.interlock.api.topology;

import io.interlock.api.Experimental;
import io.interlock.api.SecretText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Change of a header field (RFC 9110, section 5).
 *
 * @param name letters, digits, {@code _ . -}, at most 128 characters; not a field that frames the message or belongs to
 *     the connection
 * @param value the new value, which replaces any other: visible ASCII and inner blanks, at most 2048 characters; empty:
 *     the field is removed
 */
@Experimental
public record HeaderChange(String name, Optional<SecretText> value) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,128}");
    private static final Pattern VALUE = Pattern.compile("[!-~](?:[ -~]{0,2046}[!-~])?");

    private static final int MAX_SPACE = 8_192;

    /** Fields with which a container could make two parties see different messages. */
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

    /** @throws IllegalArgumentException if the name or the value is invalid */
    public HeaderChange {
        if (!NAME.matcher(name).matches()) {
            // It may be the beginning of a secret.
            throw new IllegalArgumentException(
                    "the text before the colon is not the name of a header, expected one such" + " as X-Frame-Options");
        }
        if (FRAMING.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(
                    "the header " + name + " belongs to the connection and cannot be changed");
        }
        if (value.isPresent() && !VALUE.matcher(value.get().reveal()).matches()) {
            throw new IllegalArgumentException("the value for the header " + name
                    + " is none, expected visible ASCII characters and inner blanks, at most 2048");
        }
    }

    /** Sets a field. */
    public static HeaderChange set(String name, String value) {
        return new HeaderChange(name, Optional.of(SecretText.of(value)));
    }

    /** Removes a field. */
    public static HeaderChange removal(String name) {
        return new HeaderChange(name, Optional.empty());
    }

    @Override
    public String toString() {
        return name + value.map(text -> ": " + text).orElse(": removed");
    }

    /** @throws IllegalArgumentException if the fields together are longer than a load balancer can keep space for */
    static void requireSpace(List<HeaderChange> changes) {
        requireSpace(changes.stream()
                .mapToInt(change -> change.value
                        .map(text -> change.name.length() + text.reveal().length())
                        .orElse(0))
                .sum());
    }

    /** @throws IllegalArgumentException as {@link #requireSpace(List)} */
    static void requireSpace(int characters) {
        if (characters > MAX_SPACE) {
            throw new IllegalArgumentException(
                    "the headers have " + characters + " characters, expected at most " + MAX_SPACE + " in all");
        }
    }

    /** @throws IllegalArgumentException if the text is not the name of a header */
    static String requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "not the name of a header: " + QuotedText.quoted(name) + ", expected one such as X-Frame-Options");
        }
        return name;
    }
}
