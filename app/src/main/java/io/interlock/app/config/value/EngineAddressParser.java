package io.interlock.app.config.value;

import io.interlock.util.IpLiteral;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses the address of an engine. */
public final class EngineAddressParser {

    /** Default address of an engine on this host. */
    public static final URI LOCAL = URI.create("unix:///var/run/docker.sock");

    public static final String EXPECTED = "unix:///PATH, tcp://HOST:PORT, http://HOST:PORT or https://HOST:PORT";

    private static final int PLAIN_PORT = 2375;
    private static final int TLS_PORT = 2376;
    private static final Pattern SCHEME = Pattern.compile("(?<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?<rest>.*)");
    private static final Pattern HOST_AND_PORT =
            Pattern.compile("(?<host>" + HostSyntax.NAME + "|\\[(?<ipv6>[0-9A-Fa-f:.]+)])(?::(?<port>[0-9]{1,5}))?/?");
    private static final Pattern SOCKET = Pattern.compile("(?:/[A-Za-z0-9._+@-]+)+");

    private EngineAddressParser() {}

    /**
     * @param text as written
     * @param tls whether certificates are given with it
     * @return the address, always with a port unless it is a socket
     */
    public static ParsedValue<URI> parse(String text, boolean tls) {
        Matcher parts = SCHEME.matcher(text);
        if (text.length() > HostSyntax.LONGEST || !parts.matches()) {
            return withoutScheme(text);
        }
        String scheme = parts.group("scheme").toLowerCase(Locale.ROOT);
        String rest = parts.group("rest");
        return switch (scheme) {
            case "unix" -> tls ? withoutTls("a unix socket") : socket(rest);
            case "http" -> tls ? withoutTls("http://") : network(scheme, rest, PLAIN_PORT);
            case "tcp" -> network(scheme, rest, tls ? TLS_PORT : PLAIN_PORT);
            case "https" -> network(scheme, rest, TLS_PORT);
            default -> ParsedValue.bad(EXPECTED, scheme + ":// is not supported");
        };
    }

    private static ParsedValue<URI> socket(String path) {
        if (!SOCKET.matcher(path).matches()) {
            return ParsedValue.bad("unix:// and the absolute path of a socket", "for example " + LOCAL);
        }
        return ParsedValue.good(URI.create("unix://" + Path.of(path).normalize()));
    }

    private static ParsedValue<URI> network(String scheme, String rest, int defaultPort) {
        Matcher parts = HOST_AND_PORT.matcher(rest);
        if (!parts.matches()) {
            return ParsedValue.bad(EXPECTED);
        }
        String ipv6 = parts.group("ipv6");
        String port = Optional.ofNullable(parts.group("port")).orElse(Integer.toString(defaultPort));
        if (!HostSyntax.isPort(port) || (ipv6 != null && !IpLiteral.isIpv6(ipv6))) {
            return ParsedValue.bad(EXPECTED);
        }
        URI address = URI.create(scheme + "://" + parts.group("host") + ":" + Integer.parseInt(port));
        // URI has no host for an invalid IPv4 address, for example 1.2.3.400.
        return address.getHost() == null ? ParsedValue.bad(EXPECTED) : ParsedValue.good(address);
    }

    private static ParsedValue<URI> withoutTls(String what) {
        return ParsedValue.bad("tcp:// or https:// because certificates are given", what + " never uses TLS");
    }

    private static ParsedValue<URI> withoutScheme(String text) {
        if (text.length() > HostSyntax.LONGEST) {
            return ParsedValue.bad(EXPECTED);
        }
        if (SOCKET.matcher(text).matches()) {
            return ParsedValue.bad(EXPECTED, "did you mean \"unix://" + text + "\"?");
        }
        if (HOST_AND_PORT.matcher(text).matches()) {
            return ParsedValue.bad(EXPECTED, "did you mean \"tcp://" + text + "\"?");
        }
        return ParsedValue.bad(EXPECTED);
    }
}
