package io.interlock.api.topology;

import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A name that clients ask for, in canonical form: lower case ASCII, no trailing dot, at most 253 characters, labels of
 * letters, digits and inner hyphens or underscores. {@code *.example.com} stands for every name below
 * {@code example.com}, of any depth, but not for {@code example.com} itself.
 *
 * @param value the canonical name
 */
public record HostName(String value) implements Comparable<HostName> {

    private static final String WILDCARD = "*.";
    private static final int MAX_LENGTH = 253;
    private static final Pattern CANONICAL =
            Pattern.compile("(?:\\*\\.)?(?:LABEL\\.)*LABEL".replace("LABEL", "[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?"));

    /**
     * Takes a name that is canonical already.
     *
     * @throws IllegalArgumentException if it is not
     */
    public HostName {
        if (value.length() > MAX_LENGTH || !CANONICAL.matcher(value).matches()) {
            throw new IllegalArgumentException("not a host name: " + Quoting.quoted(value)
                    + ", expected labels of letters, digits and inner hyphens, such as www.example.com");
        }
    }

    /**
     * Makes a name as people write it canonical: trimmed, lower case, internationalised labels in their ASCII form
     * (IDNA 2003, as the JDK has it), one trailing dot removed.
     *
     * @throws IllegalArgumentException if what remains is no host name
     */
    public static HostName of(String raw) {
        String name = raw.strip();
        if (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        boolean wildcard = name.startsWith(WILDCARD);
        String labels = wildcard ? name.substring(WILDCARD.length()) : name;
        return new HostName((wildcard ? WILDCARD : "") + ascii(labels).toLowerCase(Locale.ROOT));
    }

    private static String ascii(String labels) {
        if (labels.chars().allMatch(c -> c < 0x80)) {
            return labels;
        }
        if (labels.length() > 2 * MAX_LENGTH) {
            // The conversion takes time with the square of the length, and none so long could become a name.
            throw new IllegalArgumentException("not a host name: " + Quoting.quoted(labels));
        }
        try {
            return IDN.toASCII(labels, IDN.ALLOW_UNASSIGNED);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("not a host name: " + Quoting.quoted(labels), e);
        }
    }

    /** Whether this stands for every name below a domain. */
    public boolean isWildcard() {
        return value.startsWith(WILDCARD);
    }

    /** The domain below which a wildcard matches; the name itself if it is no wildcard. */
    public String domain() {
        return isWildcard() ? value.substring(WILDCARD.length()) : value;
    }

    @Override
    public int compareTo(HostName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
