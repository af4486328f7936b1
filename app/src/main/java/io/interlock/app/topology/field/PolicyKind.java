package io.interlock.app.topology.field;

import io.interlock.api.loadbalancer.Capability;
import io.interlock.api.topology.BackendPolicy;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Kind of policy in the table of container fields. */
public final class PolicyKind {

    private static final List<PolicyKind> ALL = Arrays.stream(ContainerField.values())
            .flatMap(field -> field.policy().stream())
            .map(PolicyKind::new)
            .toList();

    private final PolicyBinding binding;
    private final List<ContainerField> fields;

    private PolicyKind(PolicyBinding binding) {
        this.binding = binding;
        this.fields = Arrays.stream(ContainerField.values())
                .filter(field -> field.asksFor(binding.type()))
                .toList();
    }

    /** Returns each kind once, in the order in which a backend has them. */
    public static List<PolicyKind> all() {
        return ALL;
    }

    /** Returns the class of the policies. */
    public Class<? extends BackendPolicy> type() {
        return binding.type();
    }

    /** Returns the capability that a load balancer needs. */
    public Capability capability() {
        return binding.capability();
    }

    /** Whether a load balancer that lacks the capability must not serve a backend without the policy. */
    public boolean isRequired() {
        return binding.required() || protects();
    }

    /** Whether each container has the policy for itself. */
    public boolean isOfServers() {
        return BackendPolicy.ServerPolicy.class.isAssignableFrom(binding.type());
    }

    /** Whether containers rely on the policy for protection. */
    public boolean protects() {
        return fields.stream().anyMatch(ContainerField::failsClosed);
    }

    /** Returns the keys of the fields that ask for the policy, as text for a message. */
    public String fieldNames() {
        return fields.stream().map(ContainerField::key).collect(Collectors.joining(", "));
    }

    /**
     * Returns those of the different policies that together let pass only what each of them lets pass. Empty if there
     * are none, or if this kind has no strictest policy.
     */
    public Optional<List<BackendPolicy>> strictest(List<BackendPolicy> asked) {
        return asked.isEmpty() ? Optional.empty() : binding.strictest().map(choice -> choice.apply(asked));
    }

    /** Reads the policy that a container asks for, with the first value that asks for it. */
    public Optional<FieldSetting<BackendPolicy>> read(ContainerData data, FindingCollector findings) {
        if (binding.parser().isEmpty()) {
            return Optional.empty();
        }
        PolicyParser parser = binding.parser().get();
        return fields.stream()
                .filter(field -> data.get(field).isPresent())
                .findFirst()
                .flatMap(field -> PolicyFieldValues.part(
                                data,
                                findings,
                                field,
                                given -> parser.parse(new PolicyFieldValues(given, data, findings)))
                        .flatMap(policy -> policy)
                        .map(policy ->
                                new FieldSetting<>(policy, data.get(field).orElseThrow())));
    }
}
