package io.interlock.api.topology;

import io.interlock.api.Experimental;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Regular expression that must match the whole path of a request in its normal form. It has the same meaning in PCRE, in
 * POSIX's extended expressions and in Java: visible ASCII characters of which those with a meaning need a backslash,
 * {@code .}, sets such as {@code [^/]}, and groups such as {@code (v1|v2/[a-z]+)}. A character or set may have any
 * quantifier, a group only {@code ?}; groups have no groups within. Matching takes at most 10,000 steps for any path of
 * {@value #MAX_PATH_LENGTH} characters: parts with quantifiers must be told apart by the characters between them.
 *
 * @param value the expression without {@code ^} and {@code $}, at most 200 characters
 */
@Experimental
public record PathExpression(String value) {

    /** The length of a path up to which the cost is bounded; a load balancer refuses longer ones. */
    public static final int MAX_PATH_LENGTH = 1024;

    private static final int MAX_LENGTH = 200;
    private static final long MAX_STEPS = 10_000;
    /** Less than for host names: a container may have more of these. */
    private static final long MAX_WORK = 300_000;

    private static final Pattern SAFE = Pattern.compile("(?:PART|\\(PART+(?:\\|PART+)*\\)\\??)+"
            .replace("PART", "(?:(?:LETTER|SET)QUANTIFIER?)")
            .replace("SET", "\\[\\^?(?:MEMBER-MEMBER|MEMBER)+-?\\]")
            .replace("MEMBER", "[A-Za-z0-9_./~%@:,;=+*!$]")
            .replace("QUANTIFIER", "(?:[+*?]|\\{[0-9]{1,2}(?:,[0-9]{0,2})?\\})")
            .replace("LETTER", "(?:[A-Za-z0-9/_~!@%,;=&:.-]|\\\\[.+*?$^(){}|\\[\\]])"));

    /** @throws IllegalArgumentException if this is no such expression, or one that costs too much */
    public PathExpression {
        if (value.length() > MAX_LENGTH || !SAFE.matcher(value).matches()) {
            throw new IllegalArgumentException("not a regular expression for paths: " + QuotedText.quoted(value)
                    + ", expected one such as /api/v[0-9]+/.* or .*\\.php, of characters, sets and groups, at most "
                    + MAX_LENGTH + " characters");
        }
        try {
            Pattern.compile(value);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "not a regular expression for paths: " + QuotedText.quoted(value) + ": " + e.getDescription(), e);
        }
        if (ExpressionCost.of(value, MAX_PATH_LENGTH, MAX_STEPS, MAX_WORK) > MAX_STEPS) {
            throw new IllegalArgumentException("not a regular expression for paths: " + QuotedText.quoted(value)
                    + ", it may take more than " + MAX_STEPS
                    + " steps for one path; expected parts with quantifiers that"
                    + " cannot match the same characters, such as /[^/]+/[^/]+ instead of /.*/.+");
        }
    }

    /**
     * Converts an expression as people write it: {@code ^} and {@code $} around it, groups without a number, reluctant
     * quantifiers, {@code \d} and {@code \w} have a form in the grammar above.
     *
     * @throws IllegalArgumentException if the result is no expression for paths
     */
    public static PathExpression of(String written) {
        // Bounds the work.
        String text = written.length() > 2 * MAX_LENGTH ? written.substring(0, 2 * MAX_LENGTH) : written;
        StringBuilder plain = new StringBuilder();
        boolean set = false;
        for (int i = text.startsWith("^") ? 1 : 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char next = i + 1 < text.length() ? text.charAt(i + 1) : 0;
            if (c == '\\' && next != 0) {
                plain.append(escaped(next, set));
                i++;
            } else if (!set && text.startsWith("(?:", i)) {
                plain.append('(');
                i += 2;
            } else if (!set && next == '?' && "+*?}".indexOf(c) >= 0) {
                plain.append(c);
                i++;
            } else if (set || c != '$' || next != 0) {
                set = c == '[' || (set && c != ']');
                plain.append(c);
            }
        }
        return new PathExpression(plain.toString());
    }

    private static String escaped(char letter, boolean inSet) {
        String members = letter == 'd' ? "0-9" : letter == 'w' ? "A-Za-z0-9_" : "";
        if (!members.isEmpty()) {
            return inSet ? members : "[" + members + "]";
        }
        boolean isPlain = inSet ? "./~%@:,;=+*!$".indexOf(letter) >= 0 : "/_~!@%,;=&:-".indexOf(letter) >= 0;
        return (isPlain ? "" : "\\") + letter;
    }

    /** Whether it matches a path in normal form. */
    public boolean matches(String path) {
        return path.length() <= MAX_PATH_LENGTH && path.matches(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
