package io.interlock.haproxy.quarantine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a {@link RefusedPartDetector} found.
 *
 * @param reasons by part, what HAProxy says of it
 * @param judgements how often HAProxy was asked
 * @param complete whether HAProxy takes the rest; otherwise there are more to be found
 */
public record RefusedParts(Map<ConfigPart, String> reasons, int judgements, boolean complete) {
    public RefusedParts {
        reasons = Collections.unmodifiableMap(new LinkedHashMap<>(reasons));
    }
}
