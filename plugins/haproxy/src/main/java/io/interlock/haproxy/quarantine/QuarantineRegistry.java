package io.interlock.haproxy.quarantine;

import io.interlock.haproxy.model.DesiredConfig;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Registry of the parts that HAProxy refused. A part stays until it changes or is no longer wanted, or until
 * {@link #clear}; then it is tried again. Confined to one thread.
 */
public final class QuarantineRegistry {

    private final Map<ConfigPart, QuarantineEntry> held = new LinkedHashMap<>();

    private record QuarantineEntry(Object content, String reason) {}

    /**
     * Excludes parts from now on.
     *
     * @param desired the configuration in which they were found
     * @param reasons by part, HAProxy's message
     */
    public void hold(DesiredConfig desired, Map<ConfigPart, String> reasons) {
        PartContents contents = new PartContents(desired);
        reasons.forEach((part, reason) ->
                contents.of(part).ifPresent(content -> held.put(part, new QuarantineEntry(content, reason))));
    }

    /** Allows every part to be tried again. */
    public void clear() {
        held.clear();
    }

    /**
     * The parts of the configuration to exclude, with HAProxy's messages. Parts that are no longer wanted, or have
     * changed, are removed from the registry.
     */
    public Map<ConfigPart, String> in(DesiredConfig desired) {
        if (held.isEmpty()) {
            return Map.of();
        }
        PartContents contents = new PartContents(desired);
        held.entrySet()
                .removeIf(entry -> !contents.of(entry.getKey())
                        .equals(Optional.of(entry.getValue().content())));
        Map<ConfigPart, String> reasons = new LinkedHashMap<>();
        held.forEach((part, refusal) -> reasons.put(part, refusal.reason()));
        return reasons;
    }
}
