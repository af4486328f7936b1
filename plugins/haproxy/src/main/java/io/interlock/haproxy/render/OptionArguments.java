package io.interlock.haproxy.render;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Grammars of what may follow the name of an option. Stricter than HAProxy's: nothing here is looked up anywhere. */
final class OptionArguments {

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
    private static final Pattern IPV4 = Pattern.compile(
            "(?:OCTET\\.){3}OCTET(?:/([12]?\\d|3[0-2]))?".replace("OCTET", "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)"));
    private static final Pattern IPV6 = Pattern.compile("([0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)(?:/(\\d{1,3}))?");
    private static final int IPV6_BITS = 128;
    private static final Pattern RETRIES = Pattern.compile("-?\\d{1,3}");
    private static final Set<String> HEADER_POLICIES = Set.of("preserve", "delete", "reject");

    private OptionArguments() {}

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
        if (IPV4.matcher(text).matches()) {
            return true;
        }
        Matcher matcher = IPV6.matcher(text);
        if (!matcher.matches()) {
            return false;
        }
        String bits = matcher.group(2);
        return isIpv6(matcher.group(1)) && (bits == null || Integer.parseInt(bits) <= IPV6_BITS);
    }

    /** Text with a colon is never looked up: it is an address or nothing. */
    private static boolean isIpv6(String text) {
        try {
            return InetAddress.getByName(text) != null;
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
