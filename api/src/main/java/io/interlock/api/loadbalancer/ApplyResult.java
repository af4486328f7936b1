package io.interlock.api.loadbalancer;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Result of a {@link LoadBalancer#apply}. */
public sealed interface ApplyResult {

    /**
     * Result of an apply after which the proxy is proven to serve the topology, apart from the omissions.
     *
     * @param how how the proxy took the topology
     * @param took time from the call to the proof; Interlock shows its own measurement of the call
     * @param omissions parts of the topology that are left out
     * @param reloadReason why the proxy was reloaded; empty if it was not, or if the load balancer does not tell
     */
    record Applied(ApplyMethod how, Duration took, List<Omission> omissions, Optional<ReloadReason> reloadReason)
            implements ApplyResult {
        public Applied {
            Objects.requireNonNull(how, "how");
            Objects.requireNonNull(took, "took");
            omissions = List.copyOf(omissions);
            Objects.requireNonNull(reloadReason, "reloadReason");
        }

        /** Creates a result without a reason for a reload. */
        public Applied(ApplyMethod how, Duration took, List<Omission> omissions) {
            this(how, took, omissions, Optional.empty());
        }

        /** Creates the result of a reload that is proven to have succeeded. */
        public static Applied byReload(ReloadReason reason, Duration took, List<Omission> omissions) {
            return new Applied(ApplyMethod.RELOAD, took, omissions, Optional.of(reason));
        }
    }

    /**
     * Result of an apply that changed nothing, because the proxy already serves the topology.
     *
     * @param omissions parts of the topology that are still left out
     */
    record Unchanged(List<Omission> omissions) implements ApplyResult {
        public Unchanged {
            omissions = List.copyOf(omissions);
        }
    }

    /**
     * Result of an apply whose topology the proxy does not accept, however often it is tried. The host calls again when
     * the topology changes.
     *
     * @param reason the cause and the remedy, for people
     */
    record Rejected(String reason) implements ApplyResult {
        public Rejected {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * Result of an apply that failed this time. The host tries again with growing pauses.
     *
     * @param reason the cause and the remedy, for people
     * @param cause the exception; empty if there was none
     */
    record Failed(String reason, Optional<Throwable> cause) implements ApplyResult {
        public Failed {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(cause, "cause");
        }

        public Failed(String reason) {
            this(reason, Optional.empty());
        }

        public Failed(String reason, Throwable cause) {
            this(reason, Optional.of(cause));
        }
    }

    /** Way in which a proxy was made to serve a topology. */
    enum ApplyMethod {
        /** The running proxy was changed; no process was started. */
        RUNTIME,
        /** The proxy read its configuration again and passed its listeners on. */
        RELOAD,
        /** The proxy was started. */
        START
    }
}
