package io.interlock.app.status;

import io.interlock.api.loadbalancer.Omission;
import io.interlock.api.status.AccessLogStatus;
import io.interlock.api.status.EngineStatus;
import io.interlock.api.status.LoadBalancerStatus;
import io.interlock.api.status.PluginStatus;
import io.interlock.api.status.Problem;
import io.interlock.api.status.Problem.Severity;
import io.interlock.api.status.Problem.Source;
import io.interlock.app.inventory.ContainerKey;
import io.interlock.app.topology.findings.Finding;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Gathers what is not as it was asked for, from everywhere. */
public final class ProblemCollector {

    private ProblemCollector() {}

    /** Worst first, without notes. */
    static List<Problem> of(
            List<EngineStatus> engines,
            List<PluginStatus> plugins,
            List<LoadBalancerStatus> loadBalancers,
            List<AccessLogStatus> accessLog,
            List<Finding> findings,
            List<Problem> certificates,
            List<Problem> configuration) {
        return Stream.of(
                        engines.stream().flatMap(engine -> ofEngine(engine).stream()),
                        plugins.stream().flatMap(plugin -> ofPlugin(plugin).stream()),
                        loadBalancers.stream().flatMap(ProblemCollector::ofLoadBalancer),
                        accessLog.stream().flatMap(destination -> ofAccessLog(destination).stream()),
                        findings.stream().map(ProblemCollector::ofFinding),
                        certificates.stream(),
                        configuration.stream())
                .flatMap(problems -> problems)
                .filter(problem -> problem.severity() != Severity.NOTE)
                .distinct()
                .sorted()
                .toList();
    }

    /** What a finding means; a note if nothing is wrong. */
    public static Problem ofFinding(Finding finding) {
        return new Problem(
                severity(finding.severity()),
                Source.CONTAINER,
                finding.containerName(),
                Optional.of(serverId(finding.container())),
                Optional.empty(),
                finding.field(),
                finding.value(),
                finding.text().reason(),
                finding.text().effect(),
                FindingAdvisor.of(finding));
    }

    public static String serverId(ContainerKey key) {
        return key.engineId() + "/" + key.containerId();
    }

    private static Severity severity(Finding.Severity severity) {
        return switch (severity) {
            case NOT_ADDRESSED, CHOICE -> Severity.NOTE;
            case IGNORED -> Severity.WARNING;
            case STARTING, WAITING -> Severity.WAITING;
            case LEFT_OUT -> Severity.ERROR;
        };
    }

    private static Optional<Problem> ofEngine(EngineStatus engine) {
        if (!engine.runsContainers()) {
            return engine.reason()
                    .map(why -> plain(
                            Source.CONFIGURATION,
                            "services_dir",
                            engine.address(),
                            "cannot be read: " + why,
                            engine.containers() == 0
                                    ? "no service is served"
                                    : "the services are served as they are known",
                            "make the folder readable; Interlock looks at it again by itself"));
        }
        return switch (engine.state()) {
            case CONNECTED -> Optional.empty();
            case UNREACHABLE ->
                Optional.of(plain(
                        Source.ENGINE,
                        engine.id(),
                        engine.address(),
                        "cannot be reached"
                                + engine.reason().map(why -> ": " + why).orElse(""),
                        "its last known containers are still served",
                        "bring the engine back; Interlock reconnects automatically"));
            case UNKNOWN ->
                Optional.of(
                        plain(
                                Source.ENGINE,
                                engine.id(),
                                engine.address(),
                                "has not been reached so far"
                                        + engine.reason().map(why -> ": " + why).orElse(""),
                                engine.containers() == 0
                                        ? "none of its containers is served"
                                        : "its containers are served as Interlock knew them before its start",
                                "start the engine or correct its address in the configuration; Interlock connects automatically"));
        };
    }

    private static Optional<Problem> ofPlugin(PluginStatus plugin) {
        return switch (plugin.state()) {
            case RUNNING, STARTING, DISABLED, SUPERSEDED, FAILING -> Optional.empty();
            case UNUSABLE -> Optional.of(plain(Source.PLUGIN, plugin.id(), "", plugin.detail(), "", ""));
        };
    }

    private static Optional<Problem> ofAccessLog(AccessLogStatus destination) {
        if (!destination.reason().isEmpty()) {
            return Optional.of(plain(
                    Source.CONFIGURATION,
                    "access_log",
                    destination.destination(),
                    "requests cannot be logged: " + destination.reason(),
                    "they are dropped beyond what fits into memory",
                    "correct the destination; Interlock tries again automatically"));
        }
        if (!destination.isDropping()) {
            return Optional.empty();
        }
        return Optional.of(new Problem(
                Severity.WARNING,
                Source.CONFIGURATION,
                "access_log",
                Optional.empty(),
                Optional.empty(),
                "",
                destination.destination(),
                "requests were dropped within the last minutes because they came faster than they could be taken",
                "they are missing in the log",
                "make the destination faster, or log fewer requests with sample, status or hosts"));
    }

    private static Stream<Problem> ofLoadBalancer(LoadBalancerStatus loadBalancer) {
        Stream<Problem> omissions =
                loadBalancer.omissions().stream().map(omission -> ofOmission(loadBalancer.pluginId(), omission));
        return switch (loadBalancer.state()) {
            case FAILING, UNUSABLE ->
                Stream.concat(
                        Stream.of(plain(
                                Source.LOAD_BALANCER,
                                loadBalancer.pluginId(),
                                "",
                                loadBalancer.reason(),
                                "",
                                "see Interlock's log for more")),
                        omissions);
            case OPENING, SERVING, BEHIND -> omissions;
        };
    }

    private static Problem ofOmission(String loadBalancer, Omission omission) {
        return new Problem(
                Severity.WARNING,
                Source.LOAD_BALANCER,
                loadBalancer,
                omission.serverId(),
                Optional.of(omission.backendName()).filter(name -> !name.isEmpty()),
                omission.field(),
                omission.value(),
                omission.reason(),
                "",
                omission.backendName().isEmpty()
                        ? "put another one in its place"
                        : "correct or remove " + omission.field() + ", and create the container anew");
    }

    private static Problem plain(
            Source source, String subject, String value, String reason, String effect, String advice) {
        return new Problem(
                Severity.ERROR, source, subject, Optional.empty(), Optional.empty(), "", value, reason, effect, advice);
    }
}
