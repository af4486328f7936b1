package io.interlock.app.topology.ownership;

import io.interlock.api.topology.HostName;
import io.interlock.app.config.ownership.OwnerAssignment;
import io.interlock.app.config.ownership.OwnerGrant;
import io.interlock.app.config.ownership.OwnerId;
import io.interlock.app.config.ownership.OwnershipConfig;
import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.topology.field.ContainerData;
import io.interlock.app.topology.field.ContainerField;
import io.interlock.app.topology.field.FindingCollector;
import io.interlock.app.topology.findings.FieldValue;
import io.interlock.app.topology.findings.Finding.ClaimRefusal;
import io.interlock.app.topology.findings.Finding.Severity;
import io.interlock.app.topology.findings.FindingText;
import io.interlock.app.topology.options.ContainerHostNames;
import io.interlock.app.topology.options.RouteScope;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Compares what one container asks for with what the rules of ownership allow its owner. */
public final class GrantValidator {

    private static final String PLACE = "\"ownership\" in the configuration";

    private final OwnershipConfig ownership;
    private final OwnerAssignment assignment;
    private final FindingCollector findings;
    /** Why a rule that selects by labels may not have selected the container. */
    private final String doubt;

    public GrantValidator(ContainerFacts facts, OwnershipConfig ownership, FindingCollector findings) {
        this.ownership = ownership;
        this.assignment = ownership.assign(facts);
        this.findings = findings;
        this.doubt = ownership.decidesByLabels() && facts.ofImage().isEmpty()
                ? ", and its engine does not say which labels come from its image"
                : "";
    }

    public OwnerId owner() {
        return assignment.owner();
    }

    /** Returns the data without fields that are not allowed. */
    public ContainerData fields(ContainerData data) {
        if (assignment.grant().isEmpty()) {
            return data;
        }
        OwnerGrant grant = assignment.grant().get();
        Map<String, Map<ContainerField, FieldValue>> routes = new TreeMap<>();
        data.routes().forEach((name, values) -> routes.put(name, fields(values, grant)));
        return new ContainerData(data.present(), fields(data.values(), grant), routes);
    }

    private Map<ContainerField, FieldValue> fields(Map<ContainerField, FieldValue> values, OwnerGrant grant) {
        Map<ContainerField, FieldValue> allowed = new EnumMap<>(ContainerField.class);
        values.forEach((field, given) -> {
            if (grant.allowsField(field.names())) {
                allowed.put(field, given);
            } else {
                boolean needed = field.failsClosed() || field.wrongValue().leavesOut();
                refuse(
                        needed ? Severity.LEFT_OUT : Severity.IGNORED,
                        given.place(),
                        field.key(),
                        "is not a field that " + PLACE + " allows " + owner(),
                        needed ? "not served" : "ignored",
                        List.of());
            }
        });
        return allowed;
    }

    /** Returns the names that are allowed. If none remains, the container is left out. */
    public ContainerHostNames names(ContainerHostNames names) {
        Set<HostName> refused = names.all().stream()
                .filter(name -> !ownership.allowsName(assignment, name))
                .collect(Collectors.toSet());
        boolean none = refused.size() == names.all().size();
        names.all().stream().filter(refused::contains).forEach(name -> refuse(name, none));
        return refused.isEmpty()
                ? names
                : new ContainerHostNames(
                        names.primary().filter(name -> !refused.contains(name)),
                        names.all().stream()
                                .filter(name -> !refused.contains(name))
                                .toList());
    }

    private void refuse(HostName name, boolean none) {
        List<OwnerId> holders = name.isAny() || name.isExpression()
                ? List.of()
                : ownership.owners(name).stream()
                        .filter(holder -> !holder.equals(owner()))
                        .toList();
        refuse(
                none ? Severity.LEFT_OUT : Severity.IGNORED,
                name.isAny() ? ContainerField.DEFAULT.key() : ContainerField.HOSTNAME.key(),
                name.value(),
                reason(name, holders),
                none ? "not served" : "not served for it",
                holders);
    }

    private String reason(HostName name, Collection<OwnerId> holders) {
        if (name.isAny()) {
            return PLACE + " does not allow " + owner() + " the requests for names that no other container has" + doubt;
        }
        if (name.isExpression()) {
            return PLACE + " does not allow " + owner() + " this regular expression, all of whose matches must be below"
                    + " one of its names" + doubt;
        }
        return ClaimText.belongs(name, holders, findings.containerName(), owner()) + doubt;
    }

    /** Refuses a path or port that is not allowed. */
    public void scope(RouteScope scope) {
        Optional<OwnerGrant> grant = assignment.grant();
        if (scope.listen().isPresent()) {
            int port = scope.listen().getAsInt();
            grant.filter(given -> !given.allowsPort(port))
                    .ifPresent(given -> refuse(
                            ContainerField.LISTEN,
                            Integer.toString(port),
                            "this port"
                                    + given.ports()
                                            .map(range -> ", only " + range)
                                            .orElse("")));
        } else {
            grant.filter(given -> !given.allowsPath(scope.path()))
                    .ifPresent(given -> refuse(
                            ContainerField.PATH,
                            scope.path(),
                            "this path, only " + String.join(", ", given.paths().orElse(List.of()))));
        }
    }

    private void refuse(ContainerField field, String claimed, String what) {
        refuse(
                Severity.LEFT_OUT,
                field.key(),
                claimed,
                PLACE + " does not allow " + owner() + " " + what,
                "not served",
                List.of());
    }

    private void refuse(
            Severity severity, String field, String claimed, String reason, String effect, List<OwnerId> holders) {
        findings.refused(
                severity,
                field,
                new FindingText(reason, effect, "ask for something else, or have the operator allow it in " + PLACE),
                new ClaimRefusal(owner(), claimed, holders));
    }
}
