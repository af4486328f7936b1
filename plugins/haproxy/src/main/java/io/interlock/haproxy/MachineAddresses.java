package io.interlock.haproxy;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The addresses of this machine, or of the container that this is. */
final class MachineAddresses {

    private static final Logger log = LoggerFactory.getLogger("haproxy");

    private MachineAddresses() {}

    /** All addresses; empty if they cannot be listed. */
    static Optional<List<InetAddress>> all() {
        try {
            return Optional.of(NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .toList());
        } catch (SocketException e) {
            log.warn(
                    "the addresses of this machine cannot be listed: {}; only auth_servers can be used for forward_auth",
                    e.getMessage());
            return Optional.empty();
        }
    }
}
