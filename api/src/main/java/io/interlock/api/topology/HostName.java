package io.interlock.api.topology;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

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
    private static final long MAX_WORK = 10_000_000;
    private static final Pattern CANONICAL =
            Pattern.compile("(?:\\*\\.)?(?:LABEL\\.)*LABEL".replace("LABEL", "[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?"));
    private static final Pattern SAFE_EXPRESSION = Pattern.compile("~\\^(?:(?:LETTER|SET)QUANTIFIER?|GROUP\\??)+\\$"
            .replace("GROUP", "\\(LETTER+(?:\\|LETTER+)*\\)")
            .replace("SET", "\\[\\^?(?:[a-z0-9]-[a-z0-9]|[a-z0-9_.])+-?\\]")
            .replace("QUANTIFIER", "(?:[+*?]|\\{[0-9]{1,2}(?:,[0-9]{0,2})?\\})")
            .replace("LETTER", "(?:[a-z0-9_-]|\\\\\\.)"));

    private static final String ACE_PREFIX = "xn--";
    private static final int BASE = 36;
    private static final char NON_JOINER = '\u200c';
    private static final char JOINER = '\u200d';
    private static final char FINAL_SIGMA = '\u03c2';
    private static final char CAPITAL_SHARP_S = '\u1e9e';
    /** Sharp s, final sigma, dotless i and joiners: their upper case belongs to other characters, or they have none. */
    private static final String KEPT = "\u00df\u0131" + FINAL_SIGMA + NON_JOINER + JOINER;
    /** Soft hyphen, zero width space, word joiner, byte order mark and variation selectors. */
    private static final String IGNORED = "\u00ad\u200b\u2060\ufeff\ufe00\ufe01\ufe02\ufe0e\ufe0f";

    private static final Set<Integer> COMBINING_OR_SYMBOLS = Set.of(
            (int) Character.NON_SPACING_MARK,
            (int) Character.COMBINING_SPACING_MARK,
            (int) Character.OTHER_SYMBOL,
            (int) Character.MATH_SYMBOL);
    /** Hyphen, underscore, full stops of several scripts, and middle dots. */
    private static final String PUNCTUATION = "-_.\u3002\uff0e\uff61\u00b7\u30fb";

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
        String anchored = value.substring(EXPRESSION.length());
        if (ExpressionCost.of(anchored.substring(1, anchored.length() - 1), MAX_LENGTH, MAX_STEPS, MAX_WORK)
                > MAX_STEPS) {
            throw new IllegalArgumentException(
                    "not a regular expression for host names: " + QuotedText.quoted(value)
                            + ", it may take more than " + MAX_STEPS
                            + " steps for one name; expected parts with quantifiers that"
                            + " cannot match the same characters, such as [a-z0-9]+-[a-z0-9]+ instead of [a-z0-9-]+-[a-z0-9-]+");
        }
    }

    /**
     * Converts a name into canonical form: trimmed, lower case, internationalised labels in their ASCII form, one trailing
     * dot removed. The ASCII form is the one that browsers ask for (Unicode Technical Standard 46, non-transitional):
     * {@code straße.example} is {@code xn--strae-oqa.example}, not {@code strasse.example}, which may be another domain.
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
        if (labels.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("not a host name: " + QuotedText.quoted(labels));
        }
        String mapped = labels;
        try {
            // A normalized character may have an upper case again.
            for (int i = 0; i < 3; i++) {
                mapped = Normalizer.normalize(
                        mapped.codePoints().mapToObj(HostName::folded).collect(Collectors.joining()),
                        Normalizer.Form.NFKC);
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "not a host name: " + QuotedText.quoted(labels) + " " + e.getMessage(), e);
        }
        if (labels.indexOf(FINAL_SIGMA) < 0) {
            // Other characters that normalization makes final are small sigmas.
            mapped = mapped.replace(FINAL_SIGMA, '\u03c3');
        }
        String ascii = Arrays.stream(mapped.split("[.\u3002]", -1))
                .map(HostName::encoded)
                .collect(Collectors.joining("."));
        if (mapped.chars().anyMatch(c -> c == NON_JOINER || c == JOINER)) {
            throw new IllegalArgumentException("not a host name: " + QuotedText.quoted(labels)
                    + " has an invisible joiner; if clients really ask for it, write " + ascii);
        }
        return ascii;
    }

    /** The case folding of a character; empty for characters that have no effect on a name. */
    private static String folded(int character) {
        if (IGNORED.indexOf(character) >= 0) {
            return "";
        }
        String text = Character.toString(character);
        if (KEPT.indexOf(character) >= 0) {
            return text;
        }
        if (character == CAPITAL_SHARP_S) {
            return "\u00df";
        }
        boolean allowed = Character.isLetterOrDigit(character)
                || PUNCTUATION.indexOf(character) >= 0
                || COMBINING_OR_SYMBOLS.contains(Character.getType(character));
        if (!allowed || Character.UnicodeScript.of(character) == Character.UnicodeScript.CHEROKEE) {
            throw new IllegalArgumentException("has a character that cannot stand in a host name: U+"
                    + HexFormat.of().withUpperCase().toHexDigits(character, 6));
        }
        return text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    private static String encoded(String label) {
        return label.chars().allMatch(c -> c < 0x80)
                ? label
                : ACE_PREFIX + punycode(label.codePoints().toArray());
    }

    /** The encoding of RFC 3492, with the names of its section 6.3. */
    private static String punycode(int[] input) {
        StringBuilder output = new StringBuilder();
        Arrays.stream(input).filter(c -> c < 0x80).forEach(output::appendCodePoint);
        int basic = output.length();
        if (basic > 0) {
            output.append('-');
        }
        int next = 0x80;
        int delta = 0;
        int bias = 72;
        for (int handled = basic; handled < input.length; next++, delta++) {
            int from = next;
            int smallest = Arrays.stream(input).filter(c -> c >= from).min().orElseThrow();
            delta += (smallest - next) * (handled + 1);
            next = smallest;
            for (int character : input) {
                if (character < next) {
                    delta++;
                } else if (character == next) {
                    append(output, delta, bias);
                    bias = adapted(delta, handled + 1, handled == basic);
                    delta = 0;
                    handled++;
                }
            }
        }
        return output.toString();
    }

    private static void append(StringBuilder output, int delta, int bias) {
        int rest = delta;
        for (int k = BASE; ; k += BASE) {
            int threshold = Math.clamp(k - bias, 1, 26);
            if (rest < threshold) {
                output.append(Character.forDigit(digit(rest), BASE));
                return;
            }
            output.append(Character.forDigit(digit(threshold + (rest - threshold) % (BASE - threshold)), BASE));
            rest = (rest - threshold) / (BASE - threshold);
        }
    }

    /** In Punycode the letters come before the digits. */
    private static int digit(int value) {
        return value < 26 ? value + 10 : value - 26;
    }

    private static int adapted(int delta, int points, boolean first) {
        int rest = first ? delta / 700 : delta / 2;
        rest += rest / points;
        int k = 0;
        for (; rest > (BASE - 1) * 26 / 2; k += BASE) {
            rest /= BASE - 1;
        }
        return k + BASE * rest / (rest + 38);
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
