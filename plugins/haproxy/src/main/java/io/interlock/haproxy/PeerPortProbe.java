package io.interlock.haproxy;

import io.interlock.haproxy.model.PeerGroup;
import io.interlock.haproxy.process.HaproxyException;
import io.interlock.haproxy.process.HaproxyProcesses;
import io.interlock.haproxy.process.PortProbe;
import java.util.List;
import java.util.Optional;

/** Tests whether HAProxy can listen for other instances, before it tries and refuses all clients because it cannot. */
record PeerPortProbe(HaproxyProcesses processes) {

    /** Why HAProxy cannot listen; empty if it can, or already does. */
    Optional<String> obstacle(PeerGroup peers) {
        try {
            PortProbe.check(List.of(peers.listen()), List.of(peers.port()), processes::isOurs);
            return Optional.empty();
        } catch (HaproxyException e) {
            return Optional.of("instances_port: " + e.getMessage());
        }
    }
}
