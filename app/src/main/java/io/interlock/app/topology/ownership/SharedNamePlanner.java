package io.interlock.app.topology.ownership;

import io.interlock.api.topology.BackendPolicy;
import io.interlock.api.topology.TlsVersion;
import io.interlock.app.config.ownership.OwnerId;
import io.interlock.app.topology.field.ContainerField;
import io.interlock.app.topology.field.FieldSetting;
import io.interlock.app.topology.field.PolicyKind;
import io.interlock.app.topology.findings.Finding;
import io.interlock.app.topology.findings.Finding.Severity;
import io.interlock.app.topology.findings.FindingText;
import io.interlock.app.topology.grouping.ClaimedName;
import io.interlock.app.topology.grouping.ServerCandidate;
import io.interlock.app.topology.options.ContainerSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what a container gets at a name that belongs to another owner. It may share the requests, but its words about
 * the name and the backend do not count. A container that cannot be served on these terms is not served there.
 */
final class SharedNamePlanner {

    /** How a load balancer speaks with containers: one that speaks otherwise would fail the requests that it gets. */
    private static final Set<Class<? extends BackendPolicy>> SPOKEN = Set.of(
            BackendPolicy.Http2ToServers.class, BackendPolicy.ProxyProtocol.class, BackendPolicy.TlsToServers.class);

    private final ServerCandidate joiner;
    private final ClaimedName name;
    private final OwnerId holder;
    private final List<Finding> findings = new ArrayList<>();

    private SharedNamePlanner(ServerCandidate joiner, ClaimedName name, OwnerId holder) {
        this.joiner = joiner;
        this.name = name;
        this.holder = holder;
    }

    /**
     * What a container gets at a name.
     *
     * @param terms what remains of what it asks for; empty: it is not served there
     */
    record SharedName(Optional<SharedTerms> terms, List<Finding> findings) {}

    /**
     * What remains of what a container asks for.
     *
     * @param mostWeight its weight is not greater
     */
    record SharedTerms(ContainerSettings settings, int mostWeight) {}

    /**
     * @param ofHolder the containers of the owner of the name that ask for it
     * @param byRule whether the operator lets both owners have the name, by rules or by a file of a service
     */
    static SharedName plan(
            ServerCandidate joiner, ClaimedName name, OwnerId holder, OwnerCandidates ofHolder, boolean byRule) {
        return new SharedNamePlanner(joiner, name, holder).plan(ofHolder, byRule);
    }

    private SharedName plan(OwnerCandidates ofHolder, boolean byRule) {
        Optional<ServerCandidate> lead = ofHolder.lead(joiner.settings().scope());
        List<FieldSetting<BackendPolicy>> policies =
                lead.map(this::policies).orElse(joiner.settings().policies());
        boolean unsafe =
                exceedsTls(ofHolder) || lead.filter(this::speaksOtherwise).isPresent();
        if (unsafe || !findings.isEmpty()) {
            return new SharedName(Optional.empty(), List.copyOf(findings));
        }
        recordSharing(byRule);
        recordIgnored(lead);
        return new SharedName(
                Optional.of(new SharedTerms(
                        joiner.settings().atNameOfOther(policies, lead.isPresent()),
                        lead.map(first -> first.server().weight())
                                .orElse(joiner.server().weight()))),
                List.copyOf(findings));
    }

    /** Without the version that it asks for, its clients are not protected; with it, others may not be served. */
    private boolean exceedsTls(OwnerCandidates ofHolder) {
        Optional<TlsVersion> asked = joiner.settings().tls().leastVersion();
        Optional<TlsVersion> applied = ofHolder.leastVersion();
        boolean exceeds = asked.isPresent()
                && applied.filter(least -> least.compareTo(asked.get()) >= 0).isEmpty();
        if (exceeds) {
            leaveOut(ContainerField.TLS_MIN_VERSION.key());
        }
        return exceeds;
    }

    private boolean speaksOtherwise(ServerCandidate lead) {
        for (PolicyKind kind : PolicyKind.all()) {
            Optional<BackendPolicy> asked = value(joiner, kind.type());
            Optional<BackendPolicy> applied = value(lead, kind.type());
            // Each server is spoken to in its own way; but requests that are encrypted on the way stay so.
            boolean counts = asked.isPresent() || kind.type() == BackendPolicy.TlsToServers.class;
            if (SPOKEN.contains(kind.type()) && counts && !asked.equals(applied)) {
                leaveOut(kind.fieldNames());
                return true;
            }
        }
        return false;
    }

    /** Returns the policies that both ask for. One that protects, and that the backend lacks, leaves the joiner out. */
    private List<FieldSetting<BackendPolicy>> policies(ServerCandidate lead) {
        List<FieldSetting<BackendPolicy>> same = new ArrayList<>();
        for (PolicyKind kind : PolicyKind.all()) {
            Optional<FieldSetting<BackendPolicy>> asked = joiner.settings().policy(kind.type());
            if (asked.isEmpty()) {
                continue;
            }
            if (kind.type() == BackendPolicy.Maintenance.class
                    || value(lead, kind.type()).equals(value(joiner, kind.type()))) {
                same.add(asked.get());
            } else if (kind.isRequired() && !SPOKEN.contains(kind.type())) {
                leaveOut(asked.get().source().place());
            }
        }
        return same;
    }

    private static Optional<BackendPolicy> value(ServerCandidate candidate, Class<? extends BackendPolicy> kind) {
        return candidate.settings().policy(kind).map(FieldSetting::value);
    }

    private void leaveOut(String field) {
        add(
                Severity.IGNORED,
                field,
                ClaimText.belongs(name, holder, joiner) + " with a setting that its backend does not have",
                "not served for it");
    }

    private void recordSharing(boolean byRule) {
        Finding shared = new Finding(
                byRule ? Severity.CHOICE : Severity.IGNORED,
                joiner.key(),
                joiner.containerName(),
                ContainerField.HOSTNAME.key(),
                name.toString(),
                new FindingText(
                        ClaimText.belongs(name, holder, joiner),
                        "it shares the requests, and what " + holder + " says about them counts",
                        byRule
                                ? ""
                                : "if it must not, give the name to its owner in \"ownership\" of the configuration"));
        findings.add(shared);
    }

    private void recordIgnored(Optional<ServerCandidate> lead) {
        ContainerSettings asked = joiner.settings();
        asked.priority()
                .filter(given -> given.value() != 0)
                .ifPresent(given -> ignore(given.source().place()));
        asked.tls()
                .certificate()
                .filter(given -> lead.flatMap(first -> first.settings().tls().certificate())
                        .filter(other -> other.value().equals(given.value()))
                        .isEmpty())
                .ifPresent(given -> ignore(given.source().place()));
        lead.ifPresent(first -> {
            ContainerSettings applied = first.settings();
            if (asked.release() > applied.release()) {
                ignore(ContainerField.RELEASE.key());
            }
            if (joiner.server().weight() > first.server().weight()) {
                ignore(ContainerField.WEIGHT.key());
            }
            if (asked.backup()) {
                ignore(ContainerField.BACKUP.key());
            }
            ignoreOther(asked.check(), applied.check());
            ignoreOther(asked.options(), applied.options());
            ignoreOther(asked.stripPath(), applied.stripPath());
            ignoreOther(asked.redirectAliases(), applied.redirectAliases());
            asked.policies().stream()
                    .filter(given -> !(given.value() instanceof BackendPolicy.Maintenance))
                    .filter(given -> !value(first, given.value().getClass()).equals(Optional.of(given.value())))
                    .forEach(given -> ignore(given.source().place()));
        });
    }

    private <T> void ignoreOther(Optional<FieldSetting<T>> asked, Optional<FieldSetting<T>> applied) {
        if (asked.isPresent() && !asked.map(FieldSetting::value).equals(applied.map(FieldSetting::value))) {
            ignore(asked.get().source().place());
        }
    }

    private void ignore(String field) {
        add(
                Severity.IGNORED,
                field,
                "counts only among containers of one owner; " + ClaimText.belongs(name, holder, joiner),
                "ignored there");
    }

    private void add(Severity severity, String field, String reason, String effect) {
        findings.add(ClaimText.refused(severity, joiner, name, holder, field, reason, effect));
    }
}
