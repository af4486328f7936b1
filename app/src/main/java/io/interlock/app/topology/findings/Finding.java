package io.interlock.app.topology.findings;

import io.interlock.app.config.ownership.OwnerId;
import io.interlock.app.inventory.ContainerKey;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Something about a container that people may want to know: why it is not served, or what was chosen for it.
 *
 * @param severity what it means for the container
 * @param container which container
 * @param containerName its name
 * @param field what of the container it is about: {@code hostname}, {@code INTERLOCK_DATA.port}, {@code label
 *     interlock.port}
 * @param value the value found there, shortened and made printable; empty if there is none
 * @param text what is wrong or was chosen, what was done instead, and what to change
 * @param refused the claim that was refused; empty if the finding is about something else
 */
public record Finding(
        Severity severity,
        ContainerKey container,
        String containerName,
        String field,
        String value,
        FindingText text,
        Optional<ClaimRefusal> refused)
        implements Comparable<Finding> {

    private static final Comparator<Finding> ORDER = Comparator.comparing(Finding::container)
            .thenComparing(Finding::severity, Comparator.reverseOrder())
            .thenComparing(Finding::field)
            .thenComparing(Finding::value)
            .thenComparing(Finding::message);

    /**
     * Claim of a container to which its owner has no right.
     *
     * @param owner the owner of the container
     * @param claimed a name, path, port or field
     * @param holders to whom it belongs; empty if to nobody
     */
    public record ClaimRefusal(OwnerId owner, String claimed, List<OwnerId> holders) {
        public ClaimRefusal {
            holders = List.copyOf(holders);
        }
    }

    /** Creates a finding that is not about a claim. */
    public Finding(
            Severity severity,
            ContainerKey container,
            String containerName,
            String field,
            String value,
            FindingText text) {
        this(severity, container, containerName, field, value, text, Optional.empty());
    }

    /** Reason, effect and specific advice in one sentence. */
    public String message() {
        return text.sentence();
    }

    /** What a finding means for its container, worst last. */
    public enum Severity {
        /** It is not served and never asked to be: neither name nor data. Most containers of a host may be so. */
        NOT_ADDRESSED,
        /** A choice was made that the container left open. */
        CHOICE,
        /** It is served, but something that it asked for was not understood or not taken. */
        IGNORED,
        /** It is not served yet, because its process does not listen yet; a matter of moments for most. */
        STARTING,
        /** It is not served for the time being, because of the state that it is in; nothing needs mending. */
        WAITING,
        /** It asked to be served and cannot be. */
        LEFT_OUT
    }

    /** By container, then severity, worst first. */
    @Override
    public int compareTo(Finding other) {
        return ORDER.compare(this, other);
    }
}
