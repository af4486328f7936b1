package io.interlock.app.topology;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.interlock.app.inventory.ContainerFacts;
import io.interlock.util.PrintableText;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the two spellings of a container's data into one: the JSON of INTERLOCK_DATA, over it the labels. */
final class DataReader {

    private static final String PLACE = "INTERLOCK_DATA";
    private static final int MAX_LENGTH = 65_536;
    private static final int MAX_DEPTH = 20;
    private static final int MAX_NUMBER_LENGTH = 100;

    private static final ObjectReader JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(MAX_NUMBER_LENGTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    private static final String ROUTES = "routes";
    private static final int MAX_ROUTES = 50;

    private final Findings findings;
    private final Map<Field, Given> values = new EnumMap<>(Field.class);
    private final Map<String, Map<Field, Given>> routes = new TreeMap<>();

    private DataReader(Findings findings) {
        this.findings = findings;
    }

    /** The container's data; empty if they cannot be read, which is recorded. */
    static Optional<ContainerData> read(ContainerFacts facts, Findings findings) {
        DataReader reader = new DataReader(findings);
        Optional<String> document = facts.interlockData().filter(text -> !text.isBlank());
        if (document.isPresent() && !reader.readDocument(document.get())) {
            return Optional.empty();
        }
        LabelReader labels = LabelReader.read(facts.labels(), findings);
        reader.values.putAll(labels.values());
        labels.routes().forEach((name, its) -> reader.route(name).putAll(its));
        if (reader.routes.size() > MAX_ROUTES) {
            findings.leftOut(
                    PLACE + "." + ROUTES,
                    Integer.toString(reader.routes.size()),
                    "expected at most " + MAX_ROUTES + " routes; not served");
            return Optional.empty();
        }
        return Optional.of(new ContainerData(
                document.isPresent() || LabelReader.hasOurs(facts.labels()), reader.values, reader.routes));
    }

    private Map<Field, Given> route(String name) {
        return routes.computeIfAbsent(name, any -> new EnumMap<>(Field.class));
    }

    private boolean readDocument(String document) {
        if (document.length() > MAX_LENGTH) {
            findings.leftOut(PLACE, shown(document), "is longer than " + MAX_LENGTH + " characters; not served");
            return false;
        }
        JsonNode root;
        try {
            root = JSON.readTree(document);
        } catch (JsonProcessingException e) {
            findings.leftOut(PLACE, shown(document), "is not one JSON object: " + explain(e) + "; not served");
            return false;
        }
        if (!root.isObject()) {
            findings.leftOut(
                    PLACE, shown(document), "is not a JSON object, expected one such as {\"port\": 8080}; not served");
            return false;
        }
        for (Map.Entry<String, JsonNode> property : root.properties()) {
            if (property.getKey().equals(ROUTES)) {
                readRoutes(property.getValue());
            } else {
                take(PLACE, property.getKey(), property.getValue(), values);
            }
        }
        return true;
    }

    /** A list of routes, or an object that names them; in a list, their names are their numbers. */
    private void readRoutes(JsonNode node) {
        String place = PLACE + "." + ROUTES;
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                readRoute(place + "[" + i + "]", Integer.toString(i), node.get(i));
            }
        } else if (node.isObject()) {
            for (Map.Entry<String, JsonNode> route : node.properties()) {
                readRoute(place + "." + route.getKey(), route.getKey(), route.getValue());
            }
        } else if (!node.isNull()) {
            findings.leftOut(new Given(place, node), "expected a list of objects, one for each route; not served");
        }
    }

    private void readRoute(String place, String name, JsonNode node) {
        if (!node.isObject() || !LabelReader.isNameOfRoute(name)) {
            findings.leftOut(
                    new Given(place, node),
                    "expected a route, an object such as {\"path\": \"/api\"}, with a name of letters, digits, _ and -"
                            + " if it has one; not served");
            return;
        }
        // One that says nothing is one, too.
        Map<Field, Given> its = route(name);
        for (Map.Entry<String, JsonNode> property : node.properties()) {
            take(place, property.getKey(), property.getValue(), its);
        }
    }

    private void take(String place, String key, JsonNode value, Map<Field, Given> values) {
        Optional<Field> field = Field.ofKey(key);
        Given given = new Given(
                place + "." + key, value, field.filter(Field::isSecret).isPresent());
        if (field.isEmpty()) {
            unknown(given, key, findings);
        } else if (!saysNothing(value) && (field.get().key().equals(key) || !values.containsKey(field.get()))) {
            // Today's name wins.
            values.put(field.get(), given);
        }
    }

    private static boolean saysNothing(JsonNode value) {
        return value.isNull()
                || (value.isArray() && value.isEmpty())
                || (value.isTextual() && value.textValue().isBlank());
    }

    /** Records a value of no field. If it was probably to protect somebody, then the container is rather not served. */
    static void unknown(Given given, String key, Findings findings) {
        Optional<String> obsolete = Obsolete.reason(key);
        if (obsolete.isPresent()) {
            findings.ignored(given, obsolete.get() + "; ignored");
            return;
        }
        Optional<Field> meant = Field.closest(key);
        Given shown = new Given(
                given.place(), given.value(), meant.filter(Field::isSecret).isPresent());
        String message = "is not a field that this version knows"
                + meant.map(field -> ", did you mean " + field.key() + "?").orElse("");
        if (meant.filter(Field::protects).isPresent()) {
            findings.leftOut(shown, message + " Not served, since serving without it might not be safe");
        } else {
            findings.ignored(shown, message + "; ignored");
        }
    }

    /** It may hold what nobody is to read. */
    private static String shown(String document) {
        boolean secret =
                Arrays.stream(Field.values()).filter(Field::isSecret).anyMatch(field -> document.contains(field.key()));
        return secret ? "…" : document;
    }

    private static String explain(JsonProcessingException e) {
        if (e instanceof MismatchedInputException) {
            return "something follows after its end";
        }
        JsonLocation location = e.getLocation();
        String place = location == null ? "" : "line " + location.getLineNr() + ", column " + location.getColumnNr();
        return place + ": " + PrintableText.of(e.getOriginalMessage());
    }
}
