package io.interlock.haproxy.render.directive;

import io.interlock.util.IpLiteral;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Grammars of the arguments of options. They are stricter than HAProxy's: no argument is looked up anywhere. */
final class OptionArgumentSyntax {

    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Set<String> FRAMING_HEADERS = Set.of(
            "connection",
            "content-length",
            "expect",
            "host",
            "keep-alive",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");
    private static final Pattern NETWORK = Pattern.compile("([0-9A-Fa-f.:]{2,45})(?:/(0|[1-9]\\d{0,2}))?");
    private static final int IPV4_BITS = 32;
    private static final int IPV6_BITS = 128;
    private static final Pattern RETRIES = Pattern.compile("-?\\d{1,3}");
    private static final Set<String> HEADER_POLICIES = Set.of("preserve", "delete", "reject");

    private OptionArgumentSyntax() {}

    static boolean forwardFor(List<String> words) {
        return exceptAndHeader(words, true);
    }

    static boolean originalTo(List<String> words) {
        return exceptAndHeader(words, false);
    }

    static boolean redispatch(List<String> words) {
        return words.isEmpty()
                || (words.size() == 1 && RETRIES.matcher(words.getFirst()).matches());
    }

    static boolean restrictedHeaderNames(List<String> words) {
        return words.size() == 1 && HEADER_POLICIES.contains(words.getFirst());
    }

    /** {@code [except NETWORK] [header NAME] [if-none]}, each at most once. */
    private static boolean exceptAndHeader(List<String> words, boolean mayBeConditional) {
        Set<String> left = mayBeConditional ? Set.of("except", "header", "if-none") : Set.of("except", "header");
        Iterator<String> rest = words.iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            if (!left.contains(word)) {
                return false;
            }
            left = without(left, word);
            boolean right = switch (word) {
                case "except" -> rest.hasNext() && isNetwork(rest.next());
                case "header" -> rest.hasNext() && isHeaderToAdd(rest.next());
                default -> true;
            };
            if (!right) {
                return false;
            }
        }
        return true;
    }

    private static Set<String> without(Set<String> words, String word) {
        return words.stream().filter(other -> !other.equals(word)).collect(Collectors.toSet());
    }

    private static boolean isHeaderToAdd(String name) {
        return HEADER_NAME.matcher(name).matches() && !FRAMING_HEADERS.contains(name.toLowerCase(Locale.ROOT));
    }

    private static boolean isNetwork(String text) {
        Matcher matcher = NETWORK.matcher(text);
        if (!matcher.matches() || IpLiteral.parse(matcher.group(1)).isEmpty()) {
            return false;
        }
        String bits = matcher.group(2);
        return bits == null || Integer.parseInt(bits) <= (text.indexOf(':') < 0 ? IPV4_BITS : IPV6_BITS);
    }
}
