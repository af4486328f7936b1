package io.interlock.app.config;

import io.interlock.util.IpLiteral;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Understands where an engine listens. */
final class EngineAddress {

    /** Where an engine listens on its own host. */
    static final URI LOCAL = URI.create("unix:///var/run/docker.sock");

    static final String EXPECTED = "unix:///PATH, tcp://HOST:PORT, http://HOST:PORT or https://HOST:PORT";

    private static final int PLAIN_PORT = 2375;
    private static final int TLS_PORT = 2376;
    private static final Pattern SCHEME = Pattern.compile("(?<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?<rest>.*)");
    private static final Pattern HOST_AND_PORT =
            Pattern.compile("(?<host>" + Hosts.NAME + "|\\[(?<ipv6>[0-9A-Fa-f:.]+)])(?::(?<port>[0-9]{1,5}))?/?");
    private static final Pattern SOCKET = Pattern.compile("(?:/[A-Za-z0-9._+@-]+)+");

    private EngineAddress() {}

    /**
     * @param text as written
     * @param tls whether certificates are given with it
     * @return the address, always with a port unless it is a socket
     */
    static Parsed<URI> parse(String text, boolean tls) {
        Matcher parts = SCHEME.matcher(text);
        if (text.length() > Hosts.LONGEST || !parts.matches()) {
            return withoutScheme(text);
        }
        String scheme = parts.group("scheme").toLowerCase(Locale.ROOT);
        String rest = parts.group("rest");
        return switch (scheme) {
            case "unix" -> tls ? withoutTls("a unix socket") : socket(rest);
            case "http" -> tls ? withoutTls("http://") : network(scheme, rest, PLAIN_PORT);
            case "tcp" -> network(scheme, rest, tls ? TLS_PORT : PLAIN_PORT);
            case "https" -> network(scheme, rest, TLS_PORT);
            default -> Parsed.bad(EXPECTED, scheme + ":// is not supported");
        };
    }

    private static Parsed<URI> socket(String path) {
        if (!SOCKET.matcher(path).matches()) {
            return Parsed.bad("unix:// and the absolute path of a socket", "for example " + LOCAL);
        }
        return Parsed.good(URI.create("unix://" + Path.of(path).normalize()));
    }

    private static Parsed<URI> network(String scheme, String rest, int defaultPort) {
        Matcher parts = HOST_AND_PORT.matcher(rest);
        if (!parts.matches()) {
            return Parsed.bad(EXPECTED);
        }
        String ipv6 = parts.group("ipv6");
        String port = Optional.ofNullable(parts.group("port")).orElse(Integer.toString(defaultPort));
        if (!Hosts.isPort(port) || (ipv6 != null && !IpLiteral.isIpv6(ipv6))) {
            return Parsed.bad(EXPECTED);
        }
        URI address = URI.create(scheme + "://" + parts.group("host") + ":" + Integer.parseInt(port));
        // No host for what looks like an IPv4 address and is none, such as 1.2.3.400.
        return address.getHost() == null ? Parsed.bad(EXPECTED) : Parsed.good(address);
    }

    private static Parsed<URI> withoutTls(String what) {
        return Parsed.bad("tcp:// or https:// because certificates are given", what + " never uses TLS");
    }

    private static Parsed<URI> withoutScheme(String text) {
        if (text.length() > Hosts.LONGEST) {
            return Parsed.bad(EXPECTED);
        }
        if (SOCKET.matcher(text).matches()) {
            return Parsed.bad(EXPECTED, "did you mean \"unix://" + text + "\"?");
        }
        if (HOST_AND_PORT.matcher(text).matches()) {
            return Parsed.bad(EXPECTED, "did you mean \"tcp://" + text + "\"?");
        }
        return Parsed.bad(EXPECTED);
    }
}
