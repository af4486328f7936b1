package io.interlock.app.docker.labels;

import static io.interlock.app.docker.json.JsonSelection.ALL;
import static io.interlock.app.docker.json.JsonSelection.each;

import com.fasterxml.jackson.databind.JsonNode;
import io.interlock.app.docker.json.JsonSelection;
import io.interlock.app.docker.json.JsonSelectionReader;
import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.FactSelection;
import io.interlock.app.inventory.LabelPrefix;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads the texts that a container, a service or an image has for Interlock: labels and variables.
 *
 * @param selected what is read
 */
public record ContainerTextReader(FactSelection selected) {

    /** Maximum cost of the labels that are read of one container or service. */
    public static final long MAX_LABELS = 600_000;

    /** Maximum cost of all variables that are read of one container. */
    public static final long MAX_DATA = 450_000;

    /** Label with the id of a swarm's task, which is read of every container. */
    public static final String TASK = "com.docker.swarm.task.id";

    /** Label with the id of a swarm's service. */
    public static final String SERVICE = "com.docker.swarm.service.id";

    private static final String DATA = ContainerFacts.DATA + "=";

    /** Returns what is read of the labels. */
    public JsonSelection ofLabels() {
        return each(name -> selected.hasLabel(name) || name.equals(TASK) || name.equals(SERVICE), ALL)
                .limitedTo(MAX_LABELS);
    }

    /** Returns what is read of the environment. */
    public JsonSelection ofEnvironment() {
        return JsonSelection.texts(selected::hasVariable).limitedTo(MAX_DATA);
    }

    /** Returns the selected labels. */
    public Map<String, String> labels(JsonNode all) {
        Map<String, String> ours = new TreeMap<>();
        for (Map.Entry<String, JsonNode> label : all.properties()) {
            String name = label.getKey();
            if (selected.hasLabel(name)) {
                ours.put(name, label.getValue().asText(""));
            }
        }
        return ours;
    }

    /** Returns the container's data. Of several variables, the last counts. */
    public static Optional<String> interlockData(JsonNode environment) {
        Optional<String> last = Optional.empty();
        for (JsonNode variable : environment) {
            String text = variable.asText("");
            if (text.startsWith(DATA)) {
                last = Optional.of(text.substring(DATA.length()));
            }
        }
        return last;
    }

    /** Returns the selected variables without the container's data. Of several with a name, the last counts. */
    public Map<String, String> environment(JsonNode environment) {
        Map<String, String> variables = new TreeMap<>();
        for (JsonNode variable : environment) {
            String text = variable.asText("");
            if (selected.hasFurtherVariable(text)) {
                int end = text.indexOf('=');
                variables.put(text.substring(0, end), text.substring(end + 1));
            }
        }
        return variables;
    }

    /** Returns which of a container's data is too long or malformed, so that it cannot be read; empty if none is. */
    public static Optional<String> excess(JsonNode labels, JsonNode environment) {
        boolean isLong = labels.properties().stream()
                .anyMatch(label -> JsonSelectionReader.isCut(label.getKey())
                        || JsonSelectionReader.isCut(label.getValue().asText("")));
        // Also if the value was left out: EXCESS is a text.
        if (isLong || !(labels.isObject() || isUnset(labels))) {
            return Optional.of("labels " + LabelPrefix.INTERLOCK + "*");
        }
        boolean isLongData = environment.valueStream().anyMatch(text -> JsonSelectionReader.isCut(text.asText("")));
        return isLongData || !(environment.isArray() || isUnset(environment))
                ? Optional.of(ContainerFacts.DATA)
                : Optional.empty();
    }

    private static boolean isUnset(JsonNode value) {
        return value.isNull() || value.isMissingNode();
    }
}
