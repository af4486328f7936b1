package io.interlock.app.docker.client;

import static io.interlock.app.docker.json.JsonSelection.members;

import com.fasterxml.jackson.databind.JsonNode;
import io.interlock.app.docker.json.JsonSelection;
import io.interlock.app.docker.labels.ContainerTextReader;
import io.interlock.app.inventory.ContainerFacts;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads what an image brings to its containers.
 *
 * @param texts reads the labels and variables that count
 */
record ImageContentReader(ContainerTextReader texts) {

    JsonSelection selection() {
        return members(Map.of("Config", members(Map.of("Env", texts.ofEnvironment(), "Labels", texts.ofLabels()))));
    }

    /** Returns the values of labels and variables, by name. */
    Map<String, String> read(JsonNode image) {
        JsonNode config = image.path("Config");
        Map<String, String> content = new TreeMap<>(texts.labels(config.path("Labels")));
        content.putAll(texts.environment(config.path("Env")));
        ContainerTextReader.interlockData(config.path("Env")).ifPresent(data -> content.put(ContainerFacts.DATA, data));
        return content;
    }
}
