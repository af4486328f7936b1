package io.interlock.haproxy.quarantine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Result of a {@link RefusedPartDetector}.
 *
 * @param reasons by part, HAProxy's message
 * @param validations the number of validations
 * @param complete whether HAProxy accepts the rest; otherwise there are more refused parts
 */
public record RefusedParts(Map<ConfigPart, String> reasons, int validations, boolean complete) {
    public RefusedParts {
        reasons = Collections.unmodifiableMap(new LinkedHashMap<>(reasons));
    }
}
