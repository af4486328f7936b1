package io.interlock.haproxy.render;

import io.interlock.api.topology.Server;
import io.interlock.haproxy.model.ServerSpec;
import io.interlock.util.Sha256;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives each server of a backend HAProxy's number for it. The number follows from the identity of the container, never
 * from the order in which servers came, so that a hash leads to the same containers after a reload and beside another
 * Interlock. If two containers of a backend have the same number, the one whose identity sorts last gets its next one.
 */
final class ServerIdAllocator {

    private static final int DIGITS = 7;
    private static final int HEXADECIMAL = 16;

    private ServerIdAllocator() {}

    /** The ids by server, from 1 to {@link ServerSpec#RING} - 1. */
    static Map<Server, Integer> of(List<Server> servers) {
        Map<Server, Integer> ids = new HashMap<>();
        Set<Integer> taken = new HashSet<>();
        servers.stream()
                .sorted(Comparator.comparing(Server::id).thenComparing(Server::name))
                .forEach(server -> {
                    int attempt = 0;
                    int id = id(server, attempt);
                    while (!taken.add(id)) {
                        id = id(server, ++attempt);
                    }
                    ids.put(server, id);
                });
        return ids;
    }

    private static int id(Server server, int attempt) {
        String digest = Sha256.hex(server.id() + "#" + attempt, DIGITS);
        return 1 + Integer.parseInt(digest, HEXADECIMAL) % (ServerSpec.RING - 1);
    }
}
