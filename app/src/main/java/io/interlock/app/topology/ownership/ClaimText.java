package io.interlock.app.topology.ownership;

import io.interlock.api.topology.HostName;
import io.interlock.app.config.ownership.OwnerId;
import io.interlock.app.topology.field.ContainerField;
import io.interlock.app.topology.findings.Finding;
import io.interlock.app.topology.findings.Finding.ClaimRefusal;
import io.interlock.app.topology.findings.Finding.Severity;
import io.interlock.app.topology.findings.FindingText;
import io.interlock.app.topology.grouping.ClaimedName;
import io.interlock.app.topology.grouping.ServerCandidate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Words of findings about claims. */
final class ClaimText {

    private ClaimText() {}

    /** Says to whom a name belongs, and who asked for it. */
    static String belongs(HostName name, Collection<OwnerId> holders, String container, OwnerId owner) {
        return name
                + (holders.isEmpty()
                        ? " belongs to nobody"
                        : " belongs to " + holders.stream().map(OwnerId::name).collect(Collectors.joining(" and ")))
                + "; " + container + " of " + owner + " asked for it";
    }

    static String belongs(ClaimedName name, OwnerId holder, ServerCandidate candidate) {
        return name + " belongs to " + holder + "; " + candidate.containerName() + " of " + candidate.owner()
                + " asked for it";
    }

    /** Returns the finding about a claim of a container that another owner's right rules out. */
    static Finding refused(
            Severity severity,
            ServerCandidate candidate,
            ClaimedName name,
            OwnerId holder,
            String field,
            String reason,
            String effect) {
        return new Finding(
                severity,
                candidate.key(),
                candidate.containerName(),
                field,
                name.toString(),
                FindingText.of(reason, effect),
                Optional.of(new ClaimRefusal(candidate.owner(), name.toString(), List.of(holder))));
    }

    /** Returns the finding about a name at a port that another owner has as a whole. */
    static Finding atPortOfOther(ServerCandidate candidate, ClaimedName name, OwnerId owner) {
        ClaimedName port = name.wholePort().orElseThrow();
        return refused(
                Severity.IGNORED,
                candidate,
                port,
                owner,
                ContainerField.LISTEN.key(),
                belongs(port, owner, candidate) + " for the name " + name.name(),
                "not served for it, as all connections to the port go to the containers of " + owner);
    }

    /** Returns the finding about a claim without which the container is not served. */
    static Finding asLeftOut(Finding finding) {
        return finding.severity() == Severity.IGNORED && finding.refused().isPresent()
                ? new Finding(
                        Severity.LEFT_OUT,
                        finding.container(),
                        finding.containerName(),
                        finding.field(),
                        finding.value(),
                        finding.text(),
                        finding.refused())
                : finding;
    }
}
