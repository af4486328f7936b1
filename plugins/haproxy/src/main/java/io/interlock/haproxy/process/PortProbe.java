package io.interlock.haproxy.process;

import io.interlock.util.ErrorMessages;
import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Tests whether HAProxy could listen at a port, before HAProxy tries: a reload that cannot bind refuses all clients for
 * seconds, and HAProxy's own check does not detect it.
 */
public final class PortProbe {

    private static final int FIRST_UNPRIVILEGED = 1024;

    private PortProbe() {}

    /**
     * @param isOurs whether a process may already have the port
     * @throws HaproxyException if another process has the port, or if binding is not permitted; the message names the
     *     process and the remedy
     */
    public static void check(List<InetAddress> addresses, List<Integer> ports, Predicate<ProcessHandle> isOurs)
            throws HaproxyException {
        for (int port : ports) {
            check(addresses, port, isOurs);
        }
    }

    private static void check(List<InetAddress> addresses, int port, Predicate<ProcessHandle> isOurs)
            throws HaproxyException {
        for (InetAddress address : addresses) {
            try {
                bind(new InetSocketAddress(address, port));
            } catch (BindException e) {
                explain(address, port, isOurs, e);
            } catch (IOException e) {
                throw new HaproxyException(place(address, port) + " cannot be bound: " + ErrorMessages.reason(e), e);
            }
        }
    }

    /** Whether this machine has IPv6. */
    public static boolean hasIpv6() {
        try {
            bind(new InetSocketAddress(InetAddress.getByAddress(new byte[16]), 0));
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** Binds without listening, so that no client can connect. */
    private static void bind(InetSocketAddress address) throws IOException {
        ProtocolFamily family = address.getAddress() instanceof Inet6Address
                ? StandardProtocolFamily.INET6
                : StandardProtocolFamily.INET;
        try (SocketChannel channel = SocketChannel.open(family)) {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true).bind(address);
        }
    }

    private static void explain(InetAddress address, int port, Predicate<ProcessHandle> isOurs, BindException e)
            throws HaproxyException {
        Optional<ProcessHandle> owner = PortOwnerDetector.of(port);
        if (owner.filter(isOurs).isPresent()) {
            return;
        }
        String message = String.valueOf(e.getMessage());
        if (message.contains("ermission")) {
            throw new HaproxyException(
                    place(address, port) + " cannot be bound: " + message + "; choose a port from " + FIRST_UNPRIVILEGED
                            + " with \"port\", or let Interlock run with CAP_NET_BIND_SERVICE",
                    e);
        }
        String who = owner.map(process -> "process " + process.pid()
                        + process.info()
                                .command()
                                .map(command -> " (" + command + ")")
                                .orElse(""))
                .orElse("another process");
        throw new HaproxyException(
                place(address, port) + " cannot be bound: " + message + "; " + who
                        + " listens there: stop it, or choose another port",
                e);
    }

    private static String place(InetAddress address, int port) {
        return "port " + port + (address.isAnyLocalAddress() ? "" : " of " + address.getHostAddress());
    }
}
