package io.interlock.api.loadbalancer;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What came of a {@link LoadBalancer#apply}. */
public sealed interface ApplyResult {

    /**
     * The proxy is proven to serve the topology, apart from the omissions.
     *
     * @param how what it took
     * @param took how long, from the call to the proof; Interlock shows its own measurement of the call
     * @param omissions what was left out
     * @param reloadReason why the proxy was reloaded, if it was and the load balancer says why
     */
    record Applied(ApplyMethod how, Duration took, List<Omission> omissions, Optional<ReloadReason> reloadReason)
            implements ApplyResult {
        public Applied {
            Objects.requireNonNull(how, "how");
            Objects.requireNonNull(took, "took");
            omissions = List.copyOf(omissions);
            Objects.requireNonNull(reloadReason, "reloadReason");
        }

        /** One without a reason for a reload. */
        public Applied(ApplyMethod how, Duration took, List<Omission> omissions) {
            this(how, took, omissions, Optional.empty());
        }

        /** A reload, which is proven to have taken. */
        public static Applied byReload(ReloadReason reason, Duration took, List<Omission> omissions) {
            return new Applied(ApplyMethod.RELOAD, took, omissions, Optional.of(reason));
        }
    }

    /**
     * The proxy served it already; nothing was touched.
     *
     * @param omissions what is still left out
     */
    record Unchanged(List<Omission> omissions) implements ApplyResult {
        public Unchanged {
            omissions = List.copyOf(omissions);
        }
    }

    /**
     * The proxy will not take this topology, however often it is tried. The host calls again when the topology changes.
     *
     * @param reason why, and what to do, for people
     */
    record Rejected(String reason) implements ApplyResult {
        public Rejected {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * It did not work this time. The host tries again with growing pauses.
     *
     * @param reason why, and what to do, for people
     * @param cause what was thrown, if anything was
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

    /** What it took to make a proxy serve a topology. */
    enum ApplyMethod {
        /** Told to the running proxy; no process was started. */
        RUNTIME,
        /** The proxy read its configuration anew and passed its listeners on. */
        RELOAD,
        /** The proxy was started. */
        START
    }
}
