package io.interlock.app.topology;

import io.interlock.app.inventory.ContainerKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The containers whose interpretation differs from the previous update.
 *
 * @param changed by container: its interpretation now; empty if the container is gone
 */
public record InterpretationUpdate(Map<ContainerKey, Optional<InterpretedContainer>> changed) {

    /** Creates an update whose map the caller fills. */
    static InterpretationUpdate empty() {
        return new InterpretationUpdate(new HashMap<>());
    }
}
