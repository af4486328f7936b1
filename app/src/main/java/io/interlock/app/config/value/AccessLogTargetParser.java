package io.interlock.app.config.value;

import io.interlock.app.config.accesslog.AccessLogTarget.Transport;
import io.interlock.util.IpLiteral;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses where the log of requests goes, and which requests it has. */
public final class AccessLogTargetParser {

    public static final String EXPECTED =
            "\"stdout\", \"live\", \"metrics\", the path of a file, udp://HOST:PORT, tcp://HOST:PORT or tls://HOST:PORT";
    public static final String EXPECTED_STATUS = "a status such as 404, or 5xx for all that begin with 5";
    public static final String EXPECTED_HEADER = "the name of a header";

    private static final int SYSLOG_UDP = 514;
    private static final int SYSLOG_TCP = 601;
    private static final int SYSLOG_TLS = 6514;
    private static final int LONGEST_HEADER = 64;

    private static final Pattern SERVER = Pattern.compile("(?<transport>udp|tcp|tls)://(?:(?<name>" + HostSyntax.NAME
            + ")|\\[(?<ipv6>[0-9A-Fa-f:.]+)])(?::(?<port>[0-9]{1,5}))?");
    private static final Pattern STATUS = Pattern.compile("[1-5](?:[0-9]{2}|xx)");
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$&'*+.^_`|~-]+");

    private AccessLogTargetParser() {}

    /** Address of a syslog server. */
    public record ServerAddress(Transport transport, String host, int port) {}

    /** Whether a text names a syslog server, right or wrong. */
    public static boolean isServer(String text) {
        return text.contains("://");
    }

    /** Parses the address of a syslog server. */
    public static ParsedValue<ServerAddress> server(String text) {
        Matcher server = SERVER.matcher(text.length() > HostSyntax.LONGEST ? "" : text);
        if (!server.matches()) {
            return ParsedValue.bad(EXPECTED);
        }
        Optional<String> port = Optional.ofNullable(server.group("port"));
        Optional<String> ipv6 = Optional.ofNullable(server.group("ipv6"));
        if (port.filter(digits -> !HostSyntax.isPort(digits)).isPresent()
                || ipv6.filter(address -> !IpLiteral.isIpv6(address)).isPresent()) {
            return ParsedValue.bad(EXPECTED);
        }
        Transport transport = Transport.valueOf(server.group("transport").toUpperCase(Locale.ROOT));
        int usual = switch (transport) {
            case UDP -> SYSLOG_UDP;
            case TCP -> SYSLOG_TCP;
            case TLS -> SYSLOG_TLS;
        };
        return ParsedValue.good(new ServerAddress(
                transport,
                ipv6.orElseGet(() -> server.group("name")),
                port.map(Integer::parseInt).orElse(usual)));
    }

    /** Parses a status, or all that begin with the same digit. */
    public static ParsedValue<String> status(String text) {
        return STATUS.matcher(text).matches() ? ParsedValue.good(text) : ParsedValue.bad(EXPECTED_STATUS);
    }

    /** Parses the name of a header; returns it in lower case. */
    public static ParsedValue<String> header(String text) {
        return text.length() <= LONGEST_HEADER && HEADER.matcher(text).matches()
                ? ParsedValue.good(text.toLowerCase(Locale.ROOT))
                : ParsedValue.bad(EXPECTED_HEADER);
    }
}
