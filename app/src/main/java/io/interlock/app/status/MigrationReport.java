package io.interlock.app.status;

import java.util.List;

/**
 * What would become of the containers with labels for another proxy.
 *
 * @param from the dialect
 * @param understood whether nothing is lost, and every container is served that asks for it
 * @param containers those with something for the dialect, by engine and name
 */
public record MigrationReport(String from, boolean understood, List<MigratedContainer> containers) {

    public MigrationReport {
        containers = List.copyOf(containers);
    }

    /** What becomes of a container; the best first. */
    public enum Verdict {
        /** As by the other proxy. */
        SAME,
        /** It does not ask to be served. */
        OFF,
        /** Served as soon as its state allows that. */
        WAITING,
        /** Served, with a difference. */
        DIFFERS,
        /** Served, without something that it asks for, or with a closed route. */
        LOSES,
        NOT_SERVED
    }

    /**
     * Container.
     *
     * @param routes the requests that it gets: {@code a.example.com/api}
     * @param remarks what differs and what is lost
     */
    public record MigratedContainer(
            String engineId,
            String id,
            String name,
            Verdict verdict,
            List<String> routes,
            List<MigrationRemark> remarks) {

        public MigratedContainer {
            routes = List.copyOf(routes);
            remarks = List.copyOf(remarks);
        }
    }

    /**
     * Something that differs.
     *
     * @param kind what it means for the container
     * @param place the label or variable, and the field that it would be
     * @param value its value; empty if it may be secret
     * @param reason what it means, and what is missing
     * @param effect what is done instead
     * @param advice what to change; may be empty
     */
    public record MigrationRemark(
            Verdict kind, String place, String value, String reason, String effect, String advice) {}
}
