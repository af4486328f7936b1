package io.interlock.api.loadbalancer;

import io.interlock.api.Experimental;
import java.util.Locale;
import java.util.Objects;

/**
 * Why a proxy loads its configuration anew.
 *
 * @param cause one of a fixed few
 * @param detail what it concerns, for people: a backend's name, a difference; may be empty
 */
@Experimental
public record ReloadReason(ReloadCause cause, String detail) {
    public ReloadReason {
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(detail, "detail");
    }

    /** A reason that needs no detail. */
    public ReloadReason(ReloadCause cause) {
        this(cause, "");
    }

    /** The cause in words, and the detail; for people. */
    public String text() {
        String words = cause.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return detail.isEmpty() ? words : words + ": " + detail;
    }
}
