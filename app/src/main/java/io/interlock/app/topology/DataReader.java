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
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

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

    private DataReader() {}

    /** The container's data; empty if they cannot be read, which is recorded. */
    static Optional<ContainerData> read(ContainerFacts facts, Findings findings) {
        Map<Field, Given> values = new EnumMap<>(Field.class);
        Optional<String> document = facts.interlockData().filter(text -> !text.isBlank());
        if (document.isPresent() && !readDocument(document.get(), values, findings)) {
            return Optional.empty();
        }
        values.putAll(LabelReader.read(facts.labels(), findings));
        return Optional.of(
                new ContainerData(document.isPresent() || !facts.labels().isEmpty(), values));
    }

    private static boolean readDocument(String document, Map<Field, Given> values, Findings findings) {
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
            take(property.getKey(), property.getValue(), values, findings);
        }
        return true;
    }

    private static void take(String key, JsonNode value, Map<Field, Given> values, Findings findings) {
        Optional<Field> field = Field.ofKey(key);
        Given given = new Given(
                PLACE + "." + key, value, field.filter(Field::isSecret).isPresent());
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
        return place + ": " + Printable.of(e.getOriginalMessage());
    }
}
