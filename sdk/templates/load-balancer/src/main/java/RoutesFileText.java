package ${package};

import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Server;
import io.interlock.api.topology.Topology;
import java.util.stream.Collectors;

/** Text of the file: a line for each route, with host name, path and servers. */
final class RoutesFileText {

    private RoutesFileText() {}

    static String of(Topology topology) {
        return topology.virtualHosts().stream()
                .flatMap(host -> host.hostNames().stream()
                        .flatMap(name -> host.routes().stream()
                                .map(route -> line(topology, name, route.pathPrefix(), route.backendName()))))
                .sorted()
                .collect(Collectors.joining());
    }

    private static String line(Topology topology, HostName name, String path, String backendName) {
        String servers = topology.backends().stream()
                .filter(backend -> backend.name().equals(backendName))
                .flatMap(backend -> backend.servers().stream())
                .map(RoutesFileText::address)
                .sorted()
                .collect(Collectors.joining(" "));
        return name + path + " " + servers + "\n";
    }

    private static String address(Server server) {
        return server.address().getHostAddress() + ":" + server.port();
    }
}
