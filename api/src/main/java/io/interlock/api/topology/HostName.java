package io.interlock.api.topology;

import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Host name that clients request, or a pattern for many names, in canonical form: lower case ASCII, at most 253
 * characters.
 *
 * <ul>
 *   <li>A name has labels of letters, digits and inner hyphens or underscores, and no trailing dot.
 *   <li>{@code *.example.com} stands for every name below {@code example.com}, of any depth, but not for
 *       {@code example.com} itself.
 *   <li>{@code ~^pr-[0-9]+\.example\.com$} is a regular expression that must match the whole name. It consists of
 *       letters, digits, {@code _}, {@code -}, {@code \.}, sets such as {@code [a-z0-9]} and groups such as
 *       {@code (www|shop)}. A letter or set may have any quantifier, a group only {@code ?}. Matching takes at most
 *       10,000 steps for any requested name of 253 characters: parts with quantifiers must be told apart by the
 *       characters between them.
 *   <li>{@code *} stands for every name without another match.
 * </ul>
 *
 * A name is stronger than a wildcard, a wildcard is stronger than a regular expression, and a regular expression is
 * stronger than {@code *}. Of several matching wildcards the longest wins. Of several matching regular expressions the
 * longest wins, and of equally long ones the first in the order of their characters.
 *
 * @param value the canonical name
 */
public record HostName(String value) implements Comparable<HostName> {

    private static final String WILDCARD = "*.";
    private static final String EXPRESSION = "~";
    private static final int MAX_LENGTH = 253;
    private static final long MAX_STEPS = 10_000;
    private static final Pattern CANONICAL =
            Pattern.compile("(?:\\*\\.)?(?:LABEL\\.)*LABEL".replace("LABEL", "[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?"));
    private static final Pattern SAFE_EXPRESSION = Pattern.compile("~\\^(?:(?:LETTER|SET)QUANTIFIER?|GROUP\\??)+\\$"
            .replace("GROUP", "\\(LETTER+(?:\\|LETTER+)*\\)")
            .replace("SET", "\\[\\^?(?:[a-z0-9]-[a-z0-9]|[a-z0-9_.])+-?\\]")
            .replace("QUANTIFIER", "(?:[+*?]|\\{[0-9]{1,2}(?:,[0-9]{0,2})?\\})")
            .replace("LETTER", "(?:[a-z0-9_-]|\\\\\\.)"));

    /** Name that stands for every name without another match. */
    public static final HostName ANY = new HostName("*");

    /**
     * Accepts only a canonical name.
     *
     * @throws IllegalArgumentException if the name is not canonical
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
        if (value.length() > MAX_LENGTH || !SAFE_EXPRESSION.matcher(value).matches()) {
            throw new IllegalArgumentException("not a regular expression for host names: " + QuotedText.quoted(value)
                    + ", expected one such as ~^pr-[0-9]+\\.example\\.com$, of letters, \\., sets and groups of words");
        }
        try {
            Pattern.compile(value.substring(EXPRESSION.length()));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "not a regular expression for host names: " + QuotedText.quoted(value) + ": " + e.getDescription(),
                    e);
        }
        if (HostExpressionCost.of(value.substring(EXPRESSION.length()), MAX_STEPS) > MAX_STEPS) {
            throw new IllegalArgumentException(
                    "not a regular expression for host names: " + QuotedText.quoted(value)
                            + ", it may take more than " + MAX_STEPS
                            + " steps for one name; expected parts with quantifiers that"
                            + " cannot match the same characters, such as [a-z0-9]+-[a-z0-9]+ instead of [a-z0-9-]+-[a-z0-9-]+");
        }
    }

    /**
     * Converts a name into canonical form: trimmed, lower case, internationalised labels in their ASCII form (IDNA
     * 2003, as in the JDK), one trailing dot removed.
     *
     * @throws IllegalArgumentException if the result is not a host name
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
            // The time of the conversion grows with the square of the length, and no text of this length can become a
            // name.
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

    /** Whether this is a single name. */
    public boolean isExact() {
        return !isWildcard() && !isExpression() && !isAny();
    }

    /**
     * Returns the regular expression, which must match the whole name.
     *
     * @throws IllegalStateException if this is not a regular expression
     */
    public String expression() {
        if (!isExpression()) {
            throw new IllegalStateException("not a regular expression: " + value);
        }
        return value.substring(EXPRESSION.length());
    }

    /** Returns the domain below which a wildcard matches; the name itself if it is not a wildcard. */
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
