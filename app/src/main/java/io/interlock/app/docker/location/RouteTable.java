package io.interlock.app.docker.location;

import io.interlock.util.IpLiteral;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Interfaces and routes of the network that this process is in, without default routes.
 *
 * @param interfaces the names of all interfaces
 * @param routes the usable routes
 */
public record RouteTable(Set<String> interfaces, List<Route> routes) {

    private static final int UP = 0x1;
    private static final int REJECT = 0x200;
    private static final String LOOPBACK = "lo";
    private static final List<Route> ALWAYS =
            List.of(new Route(IpLiteral.of("127.0.0.0"), 8, LOOPBACK), new Route(IpLiteral.of("::1"), 128, LOOPBACK));

    /**
     * Route to a range of addresses.
     *
     * @param first an address of the range
     * @param prefix the number of leading bits that all addresses of the range share; more than 0
     * @param device the name of the interface through which it leaves
     */
    public record Route(InetAddress first, int prefix, String device) {

        boolean leadsTo(InetAddress address) {
            byte[] one = first.getAddress();
            byte[] other = address.getAddress();
            int bytes = prefix / Byte.SIZE;
            int bits = Byte.SIZE - prefix % Byte.SIZE;
            return one.length == other.length
                    && Arrays.equals(one, 0, bytes, other, 0, bytes)
                    && (bits == Byte.SIZE || (one[bytes] & 0xFF) >> bits == (other[bytes] & 0xFF) >> bits);
        }
    }

    public RouteTable {
        interfaces = Set.copyOf(interfaces);
        routes = Stream.concat(ALWAYS.stream(), routes.stream())
                .distinct()
                .sorted(Comparator.comparingInt(Route::prefix).reversed())
                .toList();
    }

    /**
     * Reads the kernel's tables; empty where there are none.
     *
     * @param net the folder of the tables, {@code /proc/self/net}
     */
    public static Optional<RouteTable> read(Path net) {
        try {
            return Optional.of(new RouteTable(
                    lines(net.resolve("dev"), 2)
                            .map(line -> line.strip().split(":", 2)[0])
                            .collect(Collectors.toSet()),
                    Stream.concat(
                                    lines(net.resolve("route"), 1).flatMap(RouteTable::ipv4),
                                    Files.exists(net.resolve("ipv6_route"))
                                            ? lines(net.resolve("ipv6_route"), 0)
                                                    .flatMap(RouteTable::ipv6)
                                            : Stream.empty())
                            .toList()));
        } catch (IOException | RuntimeException unknown) {
            return Optional.empty();
        }
    }

    private static Stream<String> lines(Path file, int header) throws IOException {
        return Files.readAllLines(file).stream().skip(header).filter(line -> !line.isBlank());
    }

    /** Returns the interface through which the most specific route to an address leaves. */
    public Optional<String> deviceTo(InetAddress address) {
        return routes.stream()
                .filter(route -> route.leadsTo(address))
                .findFirst()
                .map(Route::device);
    }

    /** Reads {@code device destination gateway flags … mask …}, with numbers in the byte order of the machine. */
    private static Stream<Route> ipv4(String line) {
        String[] parts = line.strip().split("\\s+");
        int flags = Integer.parseInt(parts[3], 16);
        int prefix = Integer.bitCount(Integer.parseUnsignedInt(parts[7], 16));
        return usable(flags, prefix)
                ? Stream.of(new Route(
                        address(Integer.reverseBytes(Integer.parseUnsignedInt(parts[1], 16))), prefix, parts[0]))
                : Stream.empty();
    }

    /** Reads {@code destination prefix source prefix gateway metric references uses flags device}. */
    private static Stream<Route> ipv6(String line) {
        String[] parts = line.strip().split("\\s+");
        int flags = Integer.parseUnsignedInt(parts[8], 16);
        int prefix = Integer.parseInt(parts[1], 16);
        return usable(flags, prefix)
                ? Stream.of(new Route(address(HexFormat.of().parseHex(parts[0])), prefix, parts[9]))
                : Stream.empty();
    }

    private static boolean usable(int flags, int prefix) {
        return (flags & UP) != 0 && (flags & REJECT) == 0 && prefix > 0;
    }

    private static InetAddress address(int ipv4) {
        return address(new byte[] {(byte) (ipv4 >> 24), (byte) (ipv4 >> 16), (byte) (ipv4 >> 8), (byte) ipv4});
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new IllegalArgumentException("not an address", impossible);
        }
    }
}
