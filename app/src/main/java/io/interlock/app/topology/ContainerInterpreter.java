package io.interlock.app.topology;

import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Server;
import io.interlock.api.topology.ServerState;
import io.interlock.app.config.ContainerPolicy;
import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.ContainerFacts.Health;
import io.interlock.app.inventory.ContainerRun;
import io.interlock.app.inventory.NetworkLocation;
import io.interlock.app.topology.field.ContainerData;
import io.interlock.app.topology.field.ContainerField;
import io.interlock.app.topology.field.FindingCollector;
import io.interlock.app.topology.findings.FieldValue;
import io.interlock.app.topology.findings.FindingText;
import io.interlock.app.topology.grouping.RouteKey;
import io.interlock.app.topology.grouping.ServerCandidate;
import io.interlock.app.topology.grouping.ServerNames;
import io.interlock.app.topology.network.EndpointResolver;
import io.interlock.app.topology.network.OwnEndpointDetector;
import io.interlock.app.topology.network.Reachability;
import io.interlock.app.topology.network.ReachabilityResolver;
import io.interlock.app.topology.network.ServerEndpoint;
import io.interlock.app.topology.options.AliasCounter;
import io.interlock.app.topology.options.ContainerDataReader;
import io.interlock.app.topology.options.ContainerHostNames;
import io.interlock.app.topology.options.ContainerSettings;
import io.interlock.app.topology.options.ContainerSettingsReader;
import io.interlock.app.topology.options.HostNameReader;
import io.interlock.app.topology.options.TcpSettingsReader;
import io.interlock.app.topology.options.TcpSettingsReader.Mode;
import io.interlock.app.topology.ownership.GrantValidator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** First stage of the topology: interprets the facts of one container, independent of all other containers. */
final class ContainerInterpreter {

    private ContainerInterpreter() {}

    /**
     * Everything that an interpretation depends on.
     *
     * @param facts the container
     * @param networkOwner the container whose network it uses: itself, or the one that its network mode names; empty if
     *     that one does not run
     * @param location the place from which Interlock reaches the containers of its engine
     * @param severalEngines whether there are several engines, so that a name alone does not identify a container
     * @param policy what the operator allows
     */
    record Input(
            ContainerFacts facts,
            Optional<ContainerFacts> networkOwner,
            NetworkLocation location,
            boolean severalEngines,
            ContainerPolicy policy) {

        boolean isInterlock() {
            return facts.key().containerId().equals(location.own().id());
        }

        @SuppressWarnings("ReferenceEquality")
        boolean isInItsOwnNetwork() {
            return networkOwner.isPresent() && networkOwner.get() == facts;
        }
    }

    static InterpretedContainer interpret(Input input) {
        ContainerFacts facts = input.facts();
        FindingCollector findings = new FindingCollector(facts);
        Optional<String> objection = input.policy().filter().objection(facts);
        if (objection.isPresent()) {
            findings.notAddressed("filter", facts.name(), FindingText.of(objection.get(), "not considered"));
            return interpreted(facts, List.of(), findings);
        }
        Optional<ContainerData> data = ContainerDataReader.read(
                facts, input.policy().ownership().imageLabels(), input.policy().dialects(), findings);
        if (data.filter(ContainerInterpreter::isOff).isPresent()) {
            return off(facts);
        }
        List<ServerCandidate> candidates =
                data.map(read -> interpret(input, read, findings)).orElse(List.of());
        // One that is served in part only might be served what another part of it was to protect.
        return interpreted(facts, findings.served() ? candidates : List.of(), findings);
    }

    private static boolean isOff(ContainerData data) {
        return data.get(ContainerField.ENABLE)
                .flatMap(FieldValue::bool)
                .filter(enabled -> !enabled)
                .isPresent();
    }

    /** Whatever else is wrong with it needs nobody's attention. */
    private static InterpretedContainer off(ContainerFacts facts) {
        FindingCollector findings = new FindingCollector(facts);
        findings.notAddressed(
                ContainerField.ENABLE.key(), "false", FindingText.notServed("says that it is not to be served"));
        return interpreted(facts, List.of(), findings);
    }

    private static InterpretedContainer interpreted(
            ContainerFacts facts, List<ServerCandidate> candidates, FindingCollector findings) {
        return new InterpretedContainer(
                new ContainerRun(facts.key(), facts.startedAt()),
                candidates,
                findings.toList().stream().sorted().toList());
    }

    private static List<ServerCandidate> interpret(Input input, ContainerData data, FindingCollector findings) {
        if (input.isInterlock()) {
            recordInterlock(data, findings);
            return List.of();
        }
        if (input.policy().optInOnly() && !data.present()) {
            findings.notAddressed(
                    "default",
                    "off",
                    FindingText.notServed("has no data and no labels of Interlock's, and \"default\" is \"off\" in the"
                            + " configuration"));
            return List.of();
        }
        recordEnable(data, findings);
        GrantValidator grants = new GrantValidator(input.facts(), input.policy().ownership(), findings);
        Map<RouteKey, String> claimed = new HashMap<>();
        AliasCounter aliases = new AliasCounter(input.policy().limits().namesPerContainer());
        List<ServerCandidate> candidates = new ArrayList<>();
        grants.fields(data)
                .parts()
                .forEach((route, part) -> interpretPart(input, part, aliases, grants, findings)
                        .ifPresent(candidate -> {
                            for (RouteKey claim : candidate.routeKeys()) {
                                String other = claimed.putIfAbsent(claim, route);
                                if (other != null) {
                                    findings.leftOut(
                                            "routes",
                                            route,
                                            "asks for the same requests for " + claim.name() + " as route " + other);
                                    return;
                                }
                            }
                            candidates.add(candidate);
                        }));
        return candidates;
    }

    private static void recordInterlock(ContainerData data, FindingCollector findings) {
        FindingText message = FindingText.notServed("is Interlock's own container");
        if (data.present()) {
            findings.leftOut("container", findings.containerName(), message);
        } else {
            findings.notAddressed("container", findings.containerName(), message);
        }
    }

    /** Served without one of its routes, requests for that one would be served by another. */
    private static void recordEnable(ContainerData data, FindingCollector findings) {
        data.get(ContainerField.ENABLE)
                .filter(given -> given.bool().isEmpty())
                .ifPresent(given -> findings.wrong(ContainerField.ENABLE, given, "expected true or false"));
        data.routes().values().stream()
                .flatMap(route -> Optional.ofNullable(route.get(ContainerField.ENABLE)).stream())
                .filter(given -> !given.bool().orElse(false))
                .forEach(given -> findings.wrong(
                        ContainerField.ENABLE,
                        given,
                        "counts for the container as a whole, not for one of its routes"));
    }

    private static Optional<ServerCandidate> interpretPart(
            Input input, ContainerData data, AliasCounter aliases, GrantValidator grants, FindingCollector findings) {
        ContainerFacts facts = input.facts();
        Mode mode = TcpSettingsReader.mode(data, findings);
        OptionalInt listen = OptionalInt.empty();
        ContainerData meant = data;
        if (mode != Mode.HTTP) {
            listen = TcpSettingsReader.listen(data, input.policy(), findings);
            meant = TcpSettingsReader.meaningful(data, findings);
        }
        ContainerHostNames names = switch (mode) {
            case HTTP -> grants.names(HostNameReader.read(facts, meant, aliases, findings));
            // A container for TCP gets all connections to its port, whatever its names are.
            case TCP -> new ContainerHostNames(Optional.empty(), List.of(HostName.ANY));
            case TLS ->
                grants.names(TcpSettingsReader.names(HostNameReader.read(facts, meant, aliases, findings), findings));
        };
        ContainerSettings settings = ContainerSettingsReader.read(meant, listen, findings);
        grants.scope(settings.scope());
        if (findings.served()) {
            recordState(facts, settings.healthcheck(), findings);
        }
        if (!findings.served()) {
            return Optional.empty();
        }
        List<ServerEndpoint> endpoints = endpoints(input, settings, findings);
        return endpoints.stream()
                .findFirst()
                .flatMap(endpoint -> server(input, settings, endpoint, findings))
                .map(server -> new ServerCandidate(
                        facts.created(),
                        new ContainerRun(facts.key(), facts.startedAt()),
                        findings.containerName(),
                        grants.owner(),
                        false,
                        names,
                        settings,
                        server,
                        endpoints));
    }

    private static void recordState(ContainerFacts facts, boolean healthcheck, FindingCollector findings) {
        if (facts.paused()) {
            findings.waiting("state", "paused", FindingText.of("is paused", "not served until it goes on"));
        } else if (!healthcheck || facts.stopping()) {
            return;
        } else if (facts.health() == Health.STARTING) {
            findings.waiting(
                    "health",
                    "starting",
                    FindingText.of("its HEALTHCHECK has not passed yet", "not served until it does"));
        } else if (facts.health() == Health.UNHEALTHY) {
            findings.waiting(
                    "health", "unhealthy", FindingText.of("its HEALTHCHECK fails", "not served until it passes"));
        }
    }

    private static List<ServerEndpoint> endpoints(Input input, ContainerSettings settings, FindingCollector findings) {
        if (input.networkOwner().isEmpty()) {
            findings.leftOut(
                    "network_mode",
                    input.facts().networkMode(),
                    "shares the network of a container that does not run on this engine");
            return List.of();
        }
        ContainerFacts owner = input.networkOwner().get();
        Reachability reach = ReachabilityResolver.find(owner, input.location(), settings.network(), findings);
        List<ServerEndpoint> endpoints =
                new EndpointResolver(input.facts(), owner, reach, findings).find(settings.port());
        endpoints.stream()
                .filter(endpoint -> OwnEndpointDetector.isOwn(
                        endpoint.socket(),
                        owner,
                        input.location(),
                        input.policy().ownPorts()))
                .findFirst()
                .ifPresent(own -> findings.leftOut(
                        ContainerField.PORT.key(),
                        Integer.toString(own.port()),
                        "Interlock itself listens there, at " + own.address().getHostAddress()));
        return endpoints;
    }

    private static Optional<Server> server(
            Input input, ContainerSettings settings, ServerEndpoint endpoint, FindingCollector findings) {
        ContainerFacts facts = input.facts();
        try {
            return Optional.of(new Server(
                    facts.key().engineId() + "/" + facts.key().containerId(),
                    ServerNames.of(facts, input.severalEngines()),
                    endpoint.address(),
                    endpoint.port(),
                    facts.stopping() ? ServerState.DRAINING : ServerState.READY,
                    settings.checkInterval(),
                    Math.max(1, settings.weight()),
                    // It gets what nobody else can take, so that one alone is served.
                    settings.backup() || settings.weight() == 0));
        } catch (IllegalArgumentException e) {
            // Only an unexpected answer of the engine leads here; values of the container were checked before.
            findings.leftOut("container", facts.key().containerId(), String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}
