package io.interlock.app.config.value;

import io.interlock.util.IpLiteral;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses the address to which requests are logged. The grammar is narrow, because the address becomes part of a proxy's
 * configuration.
 */
public final class SyslogAddressParser {

    public static final String EXPECTED = "HOST, HOST:PORT, [IPv6]:PORT or the absolute path of a socket";

    private static final Pattern SOCKET = Pattern.compile("(?:/[A-Za-z0-9_][A-Za-z0-9._+-]*)+");
    private static final Pattern NETWORK =
            Pattern.compile("(?:" + HostSyntax.NAME + "|\\[(?<ipv6>[0-9A-Fa-f:.]+)])(?::(?<port>[0-9]{1,5}))?");

    private SyslogAddressParser() {}

    public static ParsedValue<String> parse(String text) {
        if (text.length() > HostSyntax.LONGEST) {
            return ParsedValue.bad(EXPECTED);
        }
        if (SOCKET.matcher(text).matches()) {
            return ParsedValue.good(text);
        }
        Matcher network = NETWORK.matcher(text);
        if (!network.matches()) {
            return IpLiteral.isIpv6(text)
                    ? ParsedValue.bad(EXPECTED, "did you mean \"[" + text + "]\"?")
                    : ParsedValue.bad(EXPECTED);
        }
        String ipv6 = network.group("ipv6");
        String port = network.group("port");
        boolean good = (ipv6 == null || IpLiteral.isIpv6(ipv6)) && (port == null || HostSyntax.isPort(port));
        return good ? ParsedValue.good(text) : ParsedValue.bad(EXPECTED);
    }
}
