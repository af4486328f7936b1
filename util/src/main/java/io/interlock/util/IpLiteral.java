package io.interlock.util;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Parser of IP addresses: IPv4 in four decimal numbers, IPv6 as in RFC 4291 without a zone. Never asks a name server.
 */
public final class IpLiteral {

    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile("(?:" + OCTET + "\\.){3}" + OCTET);
    /** The JDK treats text with a colon as a literal or as an error, never as a name. */
    private static final Pattern IPV6_CHARACTERS = Pattern.compile("(?=[^:]*:)[0-9A-Fa-f:.]{2,45}");

    private IpLiteral() {}

    /** Parses a text; empty if it is not an address. An IPv4-mapped IPv6 address becomes the IPv4 one. */
    public static Optional<InetAddress> parse(String text) {
        if (!IPV4.matcher(text).matches() && !IPV6_CHARACTERS.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /**
     * Parses a text.
     *
     * @throws IllegalArgumentException if the text is not an address
     */
    public static InetAddress of(String text) {
        return parse(text)
                .orElseThrow(() -> new IllegalArgumentException("not an IP address: " + PrintableText.of(text)));
    }

    /** Whether a text is an IPv6 address other than an IPv4-mapped one. */
    public static boolean isIpv6(String text) {
        return parse(text).filter(Inet6Address.class::isInstance).isPresent();
    }

    /** Whether a text stands for this address. */
    public static boolean isSame(InetAddress address, String text) {
        return address.getHostAddress().equals(text)
                || parse(text).filter(address::equals).isPresent();
    }
}
