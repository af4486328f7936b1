package io.interlock.app.config;

import io.interlock.util.IpLiteral;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where requests are logged to. Kept narrow: the address ends up in a proxy's configuration. */
final class SyslogAddress {

    static final String EXPECTED = "HOST, HOST:PORT, [IPv6]:PORT or the absolute path of a socket";

    private static final Pattern SOCKET = Pattern.compile("(?:/[A-Za-z0-9_][A-Za-z0-9._+-]*)+");
    private static final Pattern NETWORK =
            Pattern.compile("(?:" + Hosts.NAME + "|\\[(?<ipv6>[0-9A-Fa-f:.]+)])(?::(?<port>[0-9]{1,5}))?");

    private SyslogAddress() {}

    static Parsed<String> parse(String text) {
        if (text.length() > Hosts.LONGEST) {
            return Parsed.bad(EXPECTED);
        }
        if (SOCKET.matcher(text).matches()) {
            return Parsed.good(text);
        }
        Matcher network = NETWORK.matcher(text);
        if (!network.matches()) {
            return IpLiteral.isIpv6(text)
                    ? Parsed.bad(EXPECTED, "did you mean \"[" + text + "]\"?")
                    : Parsed.bad(EXPECTED);
        }
        String ipv6 = network.group("ipv6");
        String port = network.group("port");
        boolean good = (ipv6 == null || IpLiteral.isIpv6(ipv6)) && (port == null || Hosts.isPort(port));
        return good ? Parsed.good(text) : Parsed.bad(EXPECTED);
    }
}
