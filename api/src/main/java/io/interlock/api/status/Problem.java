package io.interlock.api.status;

import io.interlock.api.Experimental;
import java.util.Comparator;
import java.util.Optional;

/**
 * Something that is not as requested.
 *
 * @param severity the effect
 * @param source the part of Interlock that found it
 * @param subject the name of the container, engine or plugin that it concerns, for people
 * @param container the container as {@code ENGINE/ID}, as in {@link ContainerStatus#serverId()}; empty if it concerns
 *     none
 * @param backendName the backend; empty if it concerns none
 * @param field the field: {@code INTERLOCK_DATA.port}, {@code health}; empty if no field is the cause
 * @param value the value of the field, shortened, untrusted; empty if there is none
 * @param reason what is wrong; includes a proxy's own message
 * @param effect what was done instead, for example {@code not served}; empty if the reason says it
 * @param advice what to change; empty if there is no advice
 */
@Experimental
public record Problem(
        Severity severity,
        Source source,
        String subject,
        Optional<String> container,
        Optional<String> backendName,
        String field,
        String value,
        String reason,
        String effect,
        String advice)
        implements Comparable<Problem> {

    private static final Comparator<Problem> WORST_FIRST = Comparator.comparing(Problem::severity)
            .thenComparing(Problem::source)
            .thenComparing(Problem::subject)
            .thenComparing(problem -> problem.container().orElse(""))
            .thenComparing(problem -> problem.backendName().orElse(""))
            .thenComparing(Problem::field)
            .thenComparing(Problem::value)
            .thenComparing(Problem::reason);

    /** Effect of a problem, worst first. */
    public enum Severity {
        /** Something is not served, or a part of Interlock does not work. */
        ERROR,
        /** Something is served, but without a part that was requested. */
        WARNING,
        /** Something is temporarily not served; no action is needed unless it lasts. */
        WAITING,
        /** Nothing is wrong; only explanations contain notes. */
        NOTE
    }

    /** Part of Interlock that finds problems. */
    public enum Source {
        ENGINE,
        PLUGIN,
        LOAD_BALANCER,
        CONTAINER,
        CERTIFICATE,
        CONFIGURATION
    }

    /** The reason and the effect, as one text. */
    public String description() {
        return effect.isEmpty() ? reason : reason + "; " + effect;
    }

    /** Worst first. */
    @Override
    public int compareTo(Problem other) {
        return WORST_FIRST.compare(this, other);
    }
}
