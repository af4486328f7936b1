package io.interlock.app.topology.field;

import io.interlock.api.loadbalancer.Capability;
import io.interlock.api.topology.BackendPolicy;
import io.interlock.app.topology.findings.FieldValue;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Entry of the table of container fields, put together step by step by {@link ContainerField} and not changed afterwards. */
final class FieldDefinition {

    final ValueForm form;
    final String documented;
    final String usual;
    final String example;
    WrongValueEffect wrong = WrongValueEffect.IGNORED;
    boolean secret;
    boolean tcp;
    Optional<String> otherName = Optional.empty();
    List<String> synonyms = List.of();
    Optional<PolicyBinding> policy = Optional.empty();
    Optional<Class<? extends BackendPolicy>> shared = Optional.empty();

    private FieldDefinition(ValueForm form, String documented, String usual, String example) {
        this.form = form;
        this.documented = documented;
        this.usual = usual;
        this.example = example;
    }

    /**
     * @param documented what the value is, for the documentation
     * @param usual what counts without it, for the documentation
     * @param example a value, in JSON
     */
    static FieldDefinition field(ValueForm form, String documented, String usual, String example) {
        return new FieldDefinition(form, documented, usual, example);
    }

    /** The consequence of a wrong value; without this it is ignored. */
    FieldDefinition wrong(WrongValueEffect consequence) {
        wrong = consequence;
        return this;
    }

    /** Somebody relies on being protected by it, and may have called it otherwise. */
    FieldDefinition protects(String... otherNames) {
        wrong = WrongValueEffect.UNPROTECTED;
        synonyms = List.of(otherNames);
        return this;
    }

    /** It selects requests, and may be called otherwise. */
    FieldDefinition selects(String... otherNames) {
        wrong = WrongValueEffect.MISDIRECTED;
        synonyms = List.of(otherNames);
        return this;
    }

    /** What people may call it by mistake; such a name is not read, only told. */
    FieldDefinition mistakenFor(String... otherNames) {
        synonyms = List.of(otherNames);
        return this;
    }

    /** Its value must not be shown. */
    FieldDefinition secret() {
        secret = true;
        return this;
    }

    /** It also counts where connections are served, not requests. */
    FieldDefinition tcp() {
        tcp = true;
        return this;
    }

    /** Its name in Interlock 1.x, which is read, too. */
    FieldDefinition once(String name) {
        otherName = Optional.of(name);
        return this;
    }

    /** Another name that people use, and that is read, too. */
    FieldDefinition alsoNamed(String name) {
        otherName = Optional.of(name);
        return this;
    }

    /** It alone makes up a policy. */
    FieldDefinition policy(
            Class<? extends BackendPolicy> type,
            Capability capability,
            Function<FieldValue, Optional<BackendPolicy>> parser) {
        return combined(type, capability, values -> parser.apply(values.given()));
    }

    /** It makes up a policy with other fields. */
    FieldDefinition combined(Class<? extends BackendPolicy> type, Capability capability, PolicyParser parser) {
        policy = Optional.of(new PolicyBinding(type, capability, Optional.of(parser), Optional.empty(), false));
        return this;
    }

    /** A policy follows from it and from where the container is served. */
    FieldDefinition becomes(Class<? extends BackendPolicy> type, Capability capability) {
        policy = Optional.of(new PolicyBinding(type, capability, Optional.empty(), Optional.empty(), false));
        return this;
    }

    /** It also asks for a policy that an earlier field has the parser of. */
    FieldDefinition shares(Class<? extends BackendPolicy> type) {
        shared = Optional.of(type);
        return this;
    }

    /** No load balancer may serve the container without the policy. */
    FieldDefinition required() {
        policy = policy.map(PolicyBinding::asRequired);
        return this;
    }

    /** If containers of one backend ask for different ones, then these count. */
    FieldDefinition strictest(UnaryOperator<List<BackendPolicy>> chosen) {
        policy = policy.map(binding -> binding.with(chosen));
        return this;
    }
}
