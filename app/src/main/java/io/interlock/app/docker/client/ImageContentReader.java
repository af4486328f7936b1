package io.interlock.app.docker.client;

import static io.interlock.app.docker.json.JsonSelection.members;

import com.fasterxml.jackson.databind.JsonNode;
import io.interlock.app.docker.json.JsonSelection;
import io.interlock.app.inventory.ContainerFacts;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads what an image brings to its containers.
 *
 * @param moreLabels labels that count in addition to Interlock's own
 */
record ImageContentReader(Set<String> moreLabels) {

    JsonSelection selection() {
        return members(Map.of(
                "Config",
                members(Map.of(
                        "Env",
                        ContainerInspectionReader.DATA_ONLY,
                        "Labels",
                        ContainerInspectionReader.labelsOf(moreLabels)))));
    }

    /** Returns the values of labels, by name, and of the data under the name of the variable. */
    Map<String, String> read(JsonNode image) {
        JsonNode config = image.path("Config");
        Map<String, String> content =
                new TreeMap<>(ContainerInspectionReader.labels(config.path("Labels"), moreLabels));
        ContainerInspectionReader.interlockData(config.path("Env"))
                .ifPresent(data -> content.put(ContainerFacts.DATA, data));
        return content;
    }
}
