package io.interlock.app.fit;

import io.interlock.api.loadbalancer.Capability;
import io.interlock.api.topology.Backend;
import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.Server;
import io.interlock.app.fit.Rule.Asked;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The rule for each capability that backends may need. */
final class Rules {

    private static final String TCP_INSTEAD = "checked by TCP as far as it checks at all";

    static final List<Rule> OF_BACKENDS = Stream.concat(
                    ofTheRest().stream(), PolicyKind.ALL.stream().map(PolicyKind::rule))
            .toList();

    private Rules() {}

    private static List<Rule> ofTheRest() {
        return List.of(
                new Rule(
                        Capability.HTTP_CHECKS,
                        backend -> backend.healthCheck() instanceof HealthCheck.Http http
                                ? Optional.of(
                                        new Asked("check", "httpchk " + http.method() + " " + http.uri(), TCP_INSTEAD))
                                : Optional.empty(),
                        Optional.of(Rules::withTcpCheck)),
                new Rule(
                        Capability.PROTOCOL_CHECKS,
                        backend -> backend.healthCheck() instanceof HealthCheck.Protocol protocol
                                ? Optional.of(new Asked("check", protocol.kind().toString(), TCP_INSTEAD))
                                : Optional.empty(),
                        Optional.of(Rules::withTcpCheck)),
                new Rule(Capability.WEIGHTS, Rules::weights, Optional.of(Rules::withoutWeights)),
                new Rule(
                        Capability.BACKEND_OPTIONS,
                        backend -> backend.options().isEmpty()
                                ? Optional.empty()
                                : Optional.of(new Asked(
                                        "backend_options", String.join(", ", backend.options()), "served without")),
                        Optional.of(backend -> new Backend(
                                backend.name(),
                                backend.servers(),
                                backend.healthCheck(),
                                List.of(),
                                backend.policies()))));
    }

    private static Optional<Asked> weights(Backend backend) {
        return backend.servers().stream()
                .filter(server -> server.weight() != 1)
                .findFirst()
                .map(server -> new Asked("weight", Integer.toString(server.weight()), "served with the same weight"));
    }

    private static Backend withoutWeights(Backend backend) {
        return new Backend(
                backend.name(),
                backend.servers().stream()
                        .map(server -> new Server(
                                server.id(),
                                server.name(),
                                server.address(),
                                server.port(),
                                server.state(),
                                server.checkInterval()))
                        .toList(),
                backend.healthCheck(),
                backend.options(),
                backend.policies());
    }

    private static Backend withTcpCheck(Backend backend) {
        return new Backend(
                backend.name(), backend.servers(), new HealthCheck.Tcp(), backend.options(), backend.policies());
    }
}
