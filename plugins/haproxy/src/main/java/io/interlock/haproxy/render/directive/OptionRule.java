package io.interlock.haproxy.render.directive;

import io.interlock.haproxy.model.HaproxyVersion;
import java.util.List;
import java.util.function.Predicate;

/** What becomes of an {@code option} that a container asks for. */
sealed interface OptionRule {

    /**
     * It may stand in a backend.
     *
     * @param since the first version of HAProxy that has it
     * @param arguments whether the words after its name are right
     */
    record Allowed(HaproxyVersion since, Predicate<List<String>> arguments) implements OptionRule {}

    /** Supported versions of HAProxy dropped it; that one is nearest. */
    record Replaced(String by) implements OptionRule {}

    /** It must not stand in a backend, for that reason. */
    record Refused(String reason) implements OptionRule {}
}
