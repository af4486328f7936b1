package io.interlock.api.topology;

import io.interlock.api.Experimental;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Address of a server that decides about requests, from a URL of http.
 *
 * @param host an IPv4 address, an IPv6 address without brackets, or a DNS name in lower case
 * @param port 1 to 65535
 * @param path the absolute path with the query that is asked for
 */
@Experimental
public record AuthServerAddress(String host, int port, String path) {

    private static final int MAX_LENGTH = 1024;
    private static final int USUAL_PORT = 80;
    private static final int MAX_PORT = 65_535;
    private static final Pattern URL = Pattern.compile(
            "http://(?:\\[([0-9A-Fa-f:.]{2,45})\\]|([A-Za-z0-9._-]{1,253}))(?::([0-9]{1,5}))?(/[A-Za-z0-9._~!$&()*+,;=:@%/?-]*)?");
    private static final String LABEL = "[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?";
    /** The last label begins with a letter, so that no number in any notation is a name. */
    private static final Pattern NAME = Pattern.compile("(?:" + LABEL + "\\.)*(?=[a-z])" + LABEL);

    private static final String EXPECTED = ", expected a URL such as http://auth.example.com:9091/verify";

    /** @throws IllegalArgumentException if a value is invalid */
    public AuthServerAddress {
        Optional<InetAddress> literal = literal(host);
        if (literal.isEmpty() && !NAME.matcher(host).matches()) {
            throw none(host);
        }
        host = literal.map(InetAddress::getHostAddress).orElse(host);
        if (port < 1 || port > MAX_PORT || !URL.matcher("http://any" + path).matches() || !path.startsWith("/")) {
            throw none(host + ":" + port + path);
        }
    }

    /**
     * Reads a URL without user, fragment and other scheme than http. No name is looked up.
     *
     * @throws IllegalArgumentException if the text is none
     */
    public static AuthServerAddress of(String url) {
        Matcher matcher = URL.matcher(url);
        if (url.length() > MAX_LENGTH || !matcher.matches()) {
            throw none(url);
        }
        return new AuthServerAddress(
                matcher.group(1) != null ? matcher.group(1) : matcher.group(2).toLowerCase(Locale.ROOT),
                matcher.group(3) == null ? USUAL_PORT : Integer.parseInt(matcher.group(3)),
                matcher.group(4) == null ? "/" : matcher.group(4));
    }

    /** The address, if the host is one. */
    public Optional<InetAddress> address() {
        return literal(host);
    }

    /**
     * Whether the host is of this machine or its link, whichever machine that is, or no single host: a loopback,
     * link-local, multicast or unspecified address, or {@code localhost}.
     */
    public boolean isLocal() {
        return address()
                .map(address -> address.isLoopbackAddress()
                        || address.isAnyLocalAddress()
                        || address.isLinkLocalAddress()
                        || address.isMulticastAddress()
                        || (address.getAddress().length == 4
                                && (address.getAddress()[0] == 0 || (address.getAddress()[0] & 0xf0) == 0xf0)))
                .orElse(host.equals("localhost") || host.endsWith(".localhost"));
    }

    private static Optional<InetAddress> literal(String host) {
        try {
            return host.indexOf(':') >= 0 || host.matches("[0-9.]+")
                    ? Optional.of(AddressRange.of(host).first())
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static IllegalArgumentException none(String text) {
        return new IllegalArgumentException(
                "not the address of a server that authenticates: " + QuotedText.quoted(text) + EXPECTED);
    }

    /** The host and port as in a URL. */
    public String authority() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    /** Returns the URL. */
    @Override
    public String toString() {
        return "http://" + authority() + path;
    }
}
