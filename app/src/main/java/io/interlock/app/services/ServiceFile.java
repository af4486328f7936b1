package io.interlock.app.services;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;

/**
 * File of a service, whose own keys are checked.
 *
 * @param name its name without {@code .json}
 * @param data the fields of a container
 * @param servers at least one, each address once
 */
record ServiceFile(String name, ObjectNode data, List<ServiceServer> servers) {

    /** The end of the names of files. */
    static final String END = ".json";

    ServiceFile {
        data = data.deepCopy();
        servers = List.copyOf(servers);
    }

    /** Returns the addresses of its servers, for people. */
    String addresses() {
        return servers.stream().map(ServiceServer::address).collect(Collectors.joining(", "));
    }
}
