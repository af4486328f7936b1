package io.interlock.haproxy.quarantine;

import io.interlock.haproxy.model.DesiredConfig;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What HAProxy refused, for as long as it is just that which is wanted: a part that changes is tried again, and so is
 * everything after {@link #clear}. Confined to one thread.
 */
public final class QuarantineRegistry {

    private final Map<ConfigPart, QuarantineEntry> held = new LinkedHashMap<>();

    private record QuarantineEntry(Object content, String reason) {}

    /**
     * Keeps parts out from now on.
     *
     * @param wanted where they were found
     * @param reasons by part, what HAProxy says of it
     */
    public void hold(DesiredConfig wanted, Map<ConfigPart, String> reasons) {
        PartContents contents = new PartContents(wanted);
        reasons.forEach((part, reason) ->
                contents.of(part).ifPresent(content -> held.put(part, new QuarantineEntry(content, reason))));
    }

    /** Lets everything be tried again. */
    public void clear() {
        held.clear();
    }

    /**
     * What of this is to be left out, with what HAProxy says of it. What is wanted no more, or has changed, is forgotten.
     */
    public Map<ConfigPart, String> in(DesiredConfig wanted) {
        if (held.isEmpty()) {
            return Map.of();
        }
        PartContents contents = new PartContents(wanted);
        held.entrySet()
                .removeIf(entry -> !contents.of(entry.getKey())
                        .equals(Optional.of(entry.getValue().content())));
        Map<ConfigPart, String> reasons = new LinkedHashMap<>();
        held.forEach((part, refusal) -> reasons.put(part, refusal.reason()));
        return reasons;
    }
}
