package io.interlock.haproxy.model;

import io.interlock.api.topology.AuthServerAddress;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How HAProxy asks servers that authenticate requests.
 *
 * @param named the servers that the operator defined, by name
 * @param timeout the time in which a server must have answered
 * @param own the addresses of this machine, which only the operator can choose; empty: not known, so that only the
 *     operator can choose a server
 * @param script the Lua script that asks
 */
public record AuthServers(
        Map<String, AuthServerAddress> named, Duration timeout, Optional<List<InetAddress>> own, String script) {

    /** Settings without a server of the operator, and without a script. */
    public static final AuthServers NONE = new AuthServers(Map.of(), Duration.ofSeconds(5), Optional.of(List.of()), "");

    public AuthServers {
        named = Map.copyOf(named);
        own = own.map(List::copyOf);
    }
}
