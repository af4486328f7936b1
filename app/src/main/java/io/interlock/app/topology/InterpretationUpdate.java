package io.interlock.app.topology;

import io.interlock.app.inventory.ContainerKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The containers whose interpretation differs from the update before.
 *
 * @param changed by container: its interpretation now; empty if the container is gone
 */
public record InterpretationUpdate(Map<ContainerKey, Optional<InterpretedContainer>> changed) {

    /** One to be filled by whoever makes it. */
    static InterpretationUpdate empty() {
        return new InterpretationUpdate(new HashMap<>());
    }
}
