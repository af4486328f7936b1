package io.interlock.app.topology.field;

import io.interlock.api.loadbalancer.Capability;
import io.interlock.api.topology.BackendPolicy;
import io.interlock.app.topology.findings.FieldValue;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Definition of one entry in the table of container fields. {@link ContainerField} builds it step by step; afterwards
 * it does not change.
 */
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
     * @param documented description of the value, for the documentation
     * @param usual what applies without the field, for the documentation
     * @param example a value, in JSON
     */
    static FieldDefinition field(ValueForm form, String documented, String usual, String example) {
        return new FieldDefinition(form, documented, usual, example);
    }

    /** Sets the effect of a wrong value. By default, a wrong value is ignored. */
    FieldDefinition wrong(WrongValueEffect consequence) {
        wrong = consequence;
        return this;
    }

    /** Declares that containers rely on the field for protection, and that authors may use other names for it. */
    FieldDefinition protects(String... otherNames) {
        wrong = WrongValueEffect.UNPROTECTED;
        synonyms = List.of(otherNames);
        return this;
    }

    /** Declares that the field selects requests, and that authors may use other names for it. */
    FieldDefinition selects(String... otherNames) {
        wrong = WrongValueEffect.MISDIRECTED;
        synonyms = List.of(otherNames);
        return this;
    }

    /** Declares names that authors may use by mistake. Such a name is not read, only reported. */
    FieldDefinition mistakenFor(String... otherNames) {
        synonyms = List.of(otherNames);
        return this;
    }

    /** Declares that the value must not be shown. */
    FieldDefinition secret() {
        secret = true;
        return this;
    }

    /** Declares that the field also applies to TCP connections. */
    FieldDefinition tcp() {
        tcp = true;
        return this;
    }

    /** Declares the field's name in Interlock 1.x, which is still read. */
    FieldDefinition once(String name) {
        otherName = Optional.of(name);
        return this;
    }

    /** Another name that people use, and that is read, too. */
    FieldDefinition alsoNamed(String name) {
        otherName = Optional.of(name);
        return this;
    }

    /** Declares that the field alone makes up a policy. */
    FieldDefinition policy(
            Class<? extends BackendPolicy> type,
            Capability capability,
            Function<FieldValue, Optional<BackendPolicy>> parser) {
        return combined(type, capability, values -> parser.apply(values.given()));
    }

    /** Declares that the field makes up a policy together with other fields. */
    FieldDefinition combined(Class<? extends BackendPolicy> type, Capability capability, PolicyParser parser) {
        policy = Optional.of(new PolicyBinding(type, capability, Optional.of(parser), Optional.empty(), false));
        return this;
    }

    /** Declares that a policy follows from the field and from the route on which the container is served. */
    FieldDefinition becomes(Class<? extends BackendPolicy> type, Capability capability) {
        policy = Optional.of(new PolicyBinding(type, capability, Optional.empty(), Optional.empty(), false));
        return this;
    }

    /** Declares that the field also asks for a policy, whose parser an earlier field has. */
    FieldDefinition shares(Class<? extends BackendPolicy> type) {
        shared = Optional.of(type);
        return this;
    }

    /** Declares that no load balancer may serve the container without the policy. */
    FieldDefinition required() {
        policy = policy.map(PolicyBinding::asRequired);
        return this;
    }

    /** Sets the function that selects the policies that apply if containers of one backend ask for different ones. */
    FieldDefinition strictest(UnaryOperator<List<BackendPolicy>> chosen) {
        policy = policy.map(binding -> binding.with(chosen));
        return this;
    }
}
