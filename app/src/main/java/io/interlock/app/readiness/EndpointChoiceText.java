package io.interlock.app.readiness;

import io.interlock.app.topology.findings.Finding;
import io.interlock.app.topology.findings.Finding.Severity;
import io.interlock.app.topology.findings.FindingText;
import io.interlock.app.topology.grouping.ServerCandidate;
import io.interlock.app.topology.network.ServerEndpoint;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says which of several endpoints of a container is used, and why. */
final class EndpointChoiceText {

    private EndpointChoiceText() {}

    /**
     * Returns the finding; empty if there was no choice between networks, and the best address is used.
     *
     * @param ready the endpoint that is used
     */
    static Optional<Finding> finding(ServerCandidate candidate, ServerEndpoint ready) {
        List<ServerEndpoint> all = candidate.endpoints();
        boolean oneNetwork =
                all.stream().map(ServerEndpoint::network).distinct().count() < 2;
        return oneNetwork && ready.equals(all.getFirst())
                ? Optional.empty()
                : Optional.of(new Finding(
                        Severity.CHOICE,
                        candidate.key(),
                        candidate.containerName(),
                        "networks",
                        text(all, all.size()),
                        FindingText.of(
                                "can be reached in several ways", text(ready) + " is used, " + why(all, ready))));
    }

    private static String why(List<ServerEndpoint> all, ServerEndpoint ready) {
        int better = all.indexOf(ready);
        return better <= 0
                ? "because " + ready.preference()
                : "because no connection was accepted in " + text(all, better);
    }

    private static String text(List<ServerEndpoint> all, int first) {
        return all.stream().limit(first).map(EndpointChoiceText::text).collect(Collectors.joining(", "));
    }

    private static String text(ServerEndpoint endpoint) {
        return endpoint.network() + " (" + endpoint.address().getHostAddress() + ")";
    }
}
