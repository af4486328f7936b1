package io.interlock.api.loadbalancer;

import io.interlock.api.Experimental;
import java.util.Locale;
import java.util.Objects;

/**
 * Reason for which a proxy loads its configuration again.
 *
 * @param cause the cause, for counting
 * @param detail what the reload concerns, for people: a backend's name, a difference; may be empty
 */
@Experimental
public record ReloadReason(ReloadCause cause, String detail) {
    public ReloadReason {
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(detail, "detail");
    }

    /** Creates a reason without detail. */
    public ReloadReason(ReloadCause cause) {
        this(cause, "");
    }

    /** Returns the cause in words and the detail, for people. */
    public String text() {
        String words = cause.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return detail.isEmpty() ? words : words + ": " + detail;
    }
}
