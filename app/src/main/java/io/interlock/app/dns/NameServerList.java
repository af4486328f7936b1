package io.interlock.app.dns;

import io.interlock.util.IpLiteral;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads which name servers this machine asks. */
public final class NameServerList {

    static final int DNS_PORT = 53;

    private static final Path FILE = Path.of("/etc/resolv.conf");
    private static final int MOST = 3;
    private static final int MOST_DOMAINS = 6;
    private static final long MOST_LINES = 1_000;

    private NameServerList() {}

    /** The name servers of this machine; its own if it names none. */
    public static List<InetSocketAddress> ofSystem() {
        return read(NameServerList::of);
    }

    /** The domains in which this machine searches names without a dot, in their order. */
    public static List<String> searchDomains() {
        return read(NameServerList::searchDomains);
    }

    private static <T> T read(Function<Stream<String>, T> reader) {
        try (Stream<String> lines = Files.lines(FILE, StandardCharsets.ISO_8859_1)) {
            return reader.apply(lines);
        } catch (IOException | UncheckedIOException e) {
            return reader.apply(Stream.empty());
        }
    }

    /** Reads the domains of a file as resolv.conf(5) describes it: the last line counts. */
    static List<String> searchDomains(Stream<String> lines) {
        return lines.limit(MOST_LINES)
                .map(line -> line.strip().split("\\s+"))
                .filter(words -> words[0].equals("search") || words[0].equals("domain"))
                .reduce((earlier, later) -> later)
                .map(words -> Stream.of(words).skip(1).limit(MOST_DOMAINS).toList())
                .orElse(List.of());
    }

    /** Reads the lines of a file as resolv.conf(5) describes it. */
    static List<InetSocketAddress> of(Stream<String> lines) {
        List<InetSocketAddress> servers = new ArrayList<>();
        lines.limit(MOST_LINES)
                .map(line -> line.strip().split("\\s+"))
                .filter(words -> words.length > 1 && words[0].equals("nameserver"))
                .forEach(words -> address(words[1]).ifPresent(at -> servers.add(new InetSocketAddress(at, DNS_PORT))));
        return servers.isEmpty()
                ? List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), DNS_PORT))
                : List.copyOf(servers.subList(0, Math.min(MOST, servers.size())));
    }

    /** A link-local IPv6 address has a zone behind a percent sign. */
    private static Optional<InetAddress> address(String text) {
        int zone = text.indexOf('%');
        Optional<InetAddress> address = IpLiteral.parse(zone < 0 ? text : text.substring(0, zone));
        if (zone < 0 || address.isEmpty()) {
            return address;
        }
        try {
            return Optional.of(InetAddress.getAllByName(text)[0]);
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
