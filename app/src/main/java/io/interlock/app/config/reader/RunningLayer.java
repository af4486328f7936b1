package io.interlock.app.config.reader;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.interlock.app.config.ConfigChange;
import io.interlock.app.config.ConfigComparison;
import io.interlock.app.config.json.LocatedJson;
import io.interlock.app.config.key.ConfigKey;
import io.interlock.app.config.key.ConfigKeys;
import java.util.List;

/** Keeps the keys of a running Interlock that only a start changes. */
final class RunningLayer {

    private RunningLayer() {}

    /**
     * Sets these keys to their running values.
     *
     * @return what will change at the next start
     */
    static List<ConfigChange> keep(LocatedJson document, ObjectNode running) {
        ObjectNode root = document.root();
        ObjectNode desired = root.objectNode();
        ObjectNode kept = root.objectNode();
        for (ConfigKey<?> key : ConfigKeys.START_ONLY) {
            copy(key.name(), root, desired);
            copy(key.name(), running, kept);
            root.remove(key.name());
        }
        root.setAll(kept);
        return ConfigComparison.changes(kept, desired);
    }

    private static void copy(String name, ObjectNode from, ObjectNode to) {
        JsonNode value = from.get(name);
        if (value != null) {
            to.set(name, value);
        }
    }
}
