package io.interlock.api.status;

import io.interlock.api.Experimental;
import java.util.Comparator;
import java.util.Optional;

/**
 * Something that is not as it was asked for.
 *
 * @param severity what it means
 * @param source who found it
 * @param subject what it is about, for people: a container's, engine's or plugin's name
 * @param container the container that it is about: {@code ENGINE/ID}, as in {@link ContainerStatus#serverId()}
 * @param backendName the backend that it is about
 * @param field what of it: {@code INTERLOCK_DATA.port}, {@code health}; empty if that says nothing
 * @param value what was found there, shortened, untrusted; empty if there is none
 * @param reason what is wrong; a proxy's own message is in it
 * @param effect what was done instead, such as {@code not served}; empty if the reason says it
 * @param advice what to change; empty if nothing can be said
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

    /** What a problem means, worst first. */
    public enum Severity {
        /** Something is not served, or a part of Interlock does not work. */
        ERROR,
        /** It is served, but something that was asked for is not done. */
        WARNING,
        /** It is not served for the time being; nothing needs mending unless it lasts. */
        WAITING,
        /** Nothing is wrong; only explanations hold these. */
        NOTE
    }

    /** Who found a problem. */
    public enum Source {
        ENGINE,
        PLUGIN,
        LOAD_BALANCER,
        CONTAINER,
        CERTIFICATE
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
