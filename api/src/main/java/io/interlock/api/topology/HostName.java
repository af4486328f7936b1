package io.interlock.api.topology;

import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A name that clients ask for, or something that stands for many, in canonical form: lower case ASCII, at most 253 characters.
 *
 * <ul>
 *   <li>A name has labels of letters, digits and inner hyphens or underscores, and no trailing dot.
 *   <li>{@code *.example.com} stands for every name below {@code example.com}, of any depth, but not for {@code example.com}
 *       itself.
 *   <li>{@code ~^pr-[0-9]+\.example\.com$} is a regular expression that has to match the whole name: of letters, digits,
 *       {@code _}, {@code -}, {@code \.}, sets such as {@code [a-z0-9]} and groups such as {@code (www|shop)}. A letter or set may have a
 *       quantifier, a group {@code ?} alone; at most two besides {@code ?}, so that matching is quick whatever a client asks for.
 *   <li>{@code *} stands for every name that nobody else has.
 * </ul>
 *
 * A name is stronger than a wildcard, that than a regular expression, and that than {@code *}. Of several wildcards the longest that
 * matches is meant; of several regular expressions the longest, and of equally long ones the first in the order of their characters.
 *
 * @param value the canonical name
 */
public record HostName(String value) implements Comparable<HostName> {

    private static final String WILDCARD = "*.";
    private static final String EXPRESSION = "~";
    private static final int MAX_LENGTH = 253;
    private static final int MAX_QUANTIFIERS = 2;
    private static final int MAX_OPTIONAL = 4;
    private static final Pattern CANONICAL =
            Pattern.compile("(?:\\*\\.)?(?:LABEL\\.)*LABEL".replace("LABEL", "[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?"));
    private static final Pattern SAFE_EXPRESSION = Pattern.compile("~\\^(?:(?:LETTER|SET)QUANTIFIER?|GROUP\\??)+\\$"
            .replace("GROUP", "\\(LETTER+(?:\\|LETTER+)*\\)")
            .replace("SET", "\\[\\^?(?:[a-z0-9]-[a-z0-9]|[a-z0-9_.])+-?\\]")
            .replace("QUANTIFIER", "(?:[+*?]|\\{[0-9]{1,2}(?:,[0-9]{0,2})?\\})")
            .replace("LETTER", "(?:[a-z0-9_-]|\\\\\\.)"));

    /** What stands for every name that nobody else has. */
    public static final HostName ANY = new HostName("*");

    /**
     * Takes a name that is canonical already.
     *
     * @throws IllegalArgumentException if it is not
     */
    public HostName {
        if (value.startsWith(EXPRESSION)) {
            requireExpression(value);
        } else if (!value.equals("*")
                && (value.length() > MAX_LENGTH || !CANONICAL.matcher(value).matches())) {
            throw new IllegalArgumentException("not a host name: " + QuotedText.quoted(value)
                    + ", expected labels of letters, digits and inner hyphens, such as www.example.com");
        }
    }

    private static void requireExpression(String value) {
        String optional = value.replaceAll("[^?]", "");
        String quantifiers = value.replaceAll("[^+*{]", "");
        if (value.length() > MAX_LENGTH
                || !SAFE_EXPRESSION.matcher(value).matches()
                || quantifiers.length() > MAX_QUANTIFIERS
                || optional.length() > MAX_OPTIONAL) {
            throw new IllegalArgumentException("not a regular expression for host names: " + QuotedText.quoted(value)
                    + ", expected one such as ~^pr-[0-9]+\\.example\\.com$, of letters, \\., sets and groups of words, with at most "
                    + MAX_QUANTIFIERS + " quantifiers and " + MAX_OPTIONAL + " question marks");
        }
        try {
            Pattern.compile(value.substring(EXPRESSION.length()));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "not a regular expression for host names: " + QuotedText.quoted(value) + ": " + e.getDescription(),
                    e);
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
        if (name.startsWith(EXPRESSION)) {
            return new HostName(name.toLowerCase(Locale.ROOT));
        }
        if (name.endsWith(".") && !name.equals(WILDCARD)) {
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
            throw new IllegalArgumentException("not a host name: " + QuotedText.quoted(labels));
        }
        try {
            return IDN.toASCII(labels, IDN.ALLOW_UNASSIGNED);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("not a host name: " + QuotedText.quoted(labels), e);
        }
    }

    /** Whether this stands for every name below a domain. */
    public boolean isWildcard() {
        return value.startsWith(WILDCARD);
    }

    /** Whether this is a regular expression. */
    public boolean isExpression() {
        return value.startsWith(EXPRESSION);
    }

    /** Whether this is {@link #ANY}. */
    public boolean isAny() {
        return value.equals("*");
    }

    /** Whether this is one name, and stands for no others. */
    public boolean isExact() {
        return !isWildcard() && !isExpression() && !isAny();
    }

    /**
     * The regular expression, which has to match the whole name.
     *
     * @throws IllegalStateException if this is none
     */
    public String expression() {
        if (!isExpression()) {
            throw new IllegalStateException("not a regular expression: " + value);
        }
        return value.substring(EXPRESSION.length());
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
