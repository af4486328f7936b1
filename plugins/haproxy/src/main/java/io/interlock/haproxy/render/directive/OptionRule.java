package io.interlock.haproxy.render.directive;

import io.interlock.haproxy.model.HaproxyFeature;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Rule for an {@code option} that a container asks for. */
sealed interface OptionRule {

    /**
     * The option is allowed in a backend.
     *
     * @param needed what HAProxy must have for it; empty: every supported version has the option
     * @param arguments whether the words after the name are valid
     */
    record Allowed(Optional<HaproxyFeature> needed, Predicate<List<String>> arguments) implements OptionRule {}

    /** Supported versions of HAProxy no longer have the option; the given one is the closest. */
    record Replaced(String by) implements OptionRule {}

    /** The option is not allowed in a backend, for the given reason. */
    record Refused(String reason) implements OptionRule {}
}
