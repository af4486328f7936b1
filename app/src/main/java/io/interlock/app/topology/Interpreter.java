package io.interlock.app.topology;

import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Server;
import io.interlock.api.topology.ServerState;
import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.ContainerFacts.Health;
import io.interlock.app.inventory.ContainerRun;
import io.interlock.app.inventory.Vantage;
import io.interlock.app.topology.TcpReader.Mode;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The first stage: what one container's facts mean, whatever other containers there are. */
final class Interpreter {

    private Interpreter() {}

    /**
     * Everything that an interpretation depends on.
     *
     * @param facts the container
     * @param networkOwner the container whose network it is in: itself, or the one that its network mode names, if that
     *     one runs
     * @param vantage from where its engine's containers are looked at
     * @param severalEngines whether a name alone does not tell a container
     * @param terms what the operator allows
     */
    record Input(
            ContainerFacts facts,
            Optional<ContainerFacts> networkOwner,
            Vantage vantage,
            boolean severalEngines,
            Terms terms) {

        @SuppressWarnings("ReferenceEquality")
        boolean isInItsOwnNetwork() {
            return networkOwner.isPresent() && networkOwner.get() == facts;
        }
    }

    static Interpretation interpret(Input input) {
        ContainerFacts facts = input.facts();
        Findings findings = new Findings(facts);
        Optional<String> objection = input.terms().filter().objection(facts);
        if (objection.isPresent()) {
            findings.notAddressed("filter", facts.name(), objection.get() + "; not considered");
            return new Interpretation(List.of(), findings.toList());
        }
        List<Candidate> candidates = DataReader.read(facts, findings)
                .map(data -> interpret(input, data, findings))
                .orElse(List.of());
        // One that is served in part only might be served what another part of it was to protect.
        return new Interpretation(findings.served() ? candidates : List.of(), findings.toList());
    }

    private static List<Candidate> interpret(Input input, ContainerData data, Findings findings) {
        if (input.terms().onlyThoseThatAsk() && !data.present()) {
            findings.notAddressed(
                    "default",
                    "off",
                    "has no data and no labels of Interlock's, and \"default\" is \"off\" in the configuration; not served");
            return List.of();
        }
        Map<Claim, String> claimed = new HashMap<>();
        AliasCounter aliases = new AliasCounter();
        List<Candidate> candidates = new ArrayList<>();
        data.parts()
                .forEach((route, part) -> interpretPart(input, part, aliases, findings)
                        .ifPresent(candidate -> {
                            for (Claim claim : candidate.claims()) {
                                String other = claimed.putIfAbsent(claim, route);
                                if (other != null) {
                                    findings.leftOut(
                                            "routes",
                                            route,
                                            "asks for the same requests for " + claim.name() + " as route " + other
                                                    + "; not served");
                                    return;
                                }
                            }
                            candidates.add(candidate);
                        }));
        return candidates;
    }

    private static Optional<Candidate> interpretPart(
            Input input, ContainerData data, AliasCounter aliases, Findings findings) {
        ContainerFacts facts = input.facts();
        Mode mode = TcpReader.mode(data, findings);
        OptionalInt listen = OptionalInt.empty();
        ContainerData meant = data;
        if (mode != Mode.HTTP) {
            listen = TcpReader.listen(data, input.terms(), findings);
            meant = TcpReader.meaningful(data, findings);
        }
        Names names = switch (mode) {
            case HTTP -> NameReader.read(facts, meant, aliases, findings);
            // Whatever it is called.
            case TCP -> new Names(Optional.empty(), List.of(HostName.ANY));
            case TLS -> TcpReader.names(NameReader.read(facts, meant, aliases, findings), findings);
        };
        Settings settings = SettingsReader.read(meant, listen, findings);
        if (findings.served()) {
            recordState(facts, settings.healthcheck(), findings);
        }
        if (!findings.served()) {
            return Optional.empty();
        }
        return endpoint(input, settings, findings)
                .flatMap(endpoint -> server(input, settings, endpoint, findings))
                .map(server -> new Candidate(
                        facts.created(),
                        new ContainerRun(facts.key(), facts.startedAt()),
                        findings.containerName(),
                        names,
                        settings,
                        server));
    }

    private static void recordState(ContainerFacts facts, boolean healthcheck, Findings findings) {
        if (facts.paused()) {
            findings.waiting("state", "paused", "is paused; not served until it goes on");
        } else if (!healthcheck || facts.stopping()) {
            return;
        } else if (facts.health() == Health.STARTING) {
            findings.waiting("health", "starting", "its HEALTHCHECK has not passed yet; not served until it does");
        } else if (facts.health() == Health.UNHEALTHY) {
            findings.waiting("health", "unhealthy", "its HEALTHCHECK fails; not served until it passes");
        }
    }

    private static Optional<InetSocketAddress> endpoint(Input input, Settings settings, Findings findings) {
        if (input.networkOwner().isEmpty()) {
            findings.leftOut(
                    "network_mode",
                    input.facts().networkMode(),
                    "shares the network of a container that does not run on this engine; not served");
            return Optional.empty();
        }
        ContainerFacts owner = input.networkOwner().get();
        Reach reach = ReachFinder.find(owner, input.vantage(), settings.network(), findings);
        return new EndpointFinder(input.facts(), owner, reach, findings).find(settings.port());
    }

    private static Optional<Server> server(
            Input input, Settings settings, InetSocketAddress endpoint, Findings findings) {
        ContainerFacts facts = input.facts();
        try {
            return Optional.of(new Server(
                    facts.key().engineId() + "/" + facts.key().containerId(),
                    ServerNames.of(facts, input.severalEngines()),
                    endpoint.getAddress(),
                    endpoint.getPort(),
                    facts.stopping() || settings.weight() == 0 ? ServerState.DRAINING : ServerState.READY,
                    settings.checkInterval(),
                    Math.max(1, settings.weight()),
                    settings.backup()));
        } catch (IllegalArgumentException e) {
            // An engine that reports what no engine should; the container's own words cannot lead here.
            findings.leftOut("container", facts.key().containerId(), e.getMessage() + "; not served");
            return Optional.empty();
        }
    }
}
