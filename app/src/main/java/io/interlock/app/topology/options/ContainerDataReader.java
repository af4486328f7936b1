package io.interlock.app.topology.options;

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
import io.interlock.app.config.ownership.ImageLabelMode;
import io.interlock.app.dialect.DialectSet;
import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.LabelPrefix;
import io.interlock.app.topology.field.ContainerData;
import io.interlock.app.topology.field.ContainerField;
import io.interlock.app.topology.field.ContainerLimits;
import io.interlock.app.topology.field.FieldNameResolver;
import io.interlock.app.topology.field.FindingCollector;
import io.interlock.app.topology.findings.FieldValue;
import io.interlock.util.PrintableText;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads the two sources of a container's data into one: the JSON of INTERLOCK_DATA, and the labels, which override it.
 */
public final class ContainerDataReader {

    private static final Pattern UNQUOTED = Pattern.compile("(Unrecognized token) '.*?'(?=: )", Pattern.DOTALL);
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

    /** Reason why a container with more routes than the limit is not served. */
    static final String TOO_MANY_ROUTES = "expected at most " + ContainerLimits.ROUTES + " routes";

    private final String place;
    private final FindingCollector findings;
    private final ImageFieldFilter images;
    private final Map<ContainerField, FieldValue> values = new EnumMap<>(ContainerField.class);
    private final Map<String, Map<ContainerField, FieldValue>> routes = new TreeMap<>();

    private ContainerDataReader(String place, FindingCollector findings, ImageFieldFilter images) {
        this.place = place;
        this.findings = findings;
        this.images = images;
    }

    /**
     * Returns the container's data. Empty if it cannot be read, for which a finding gives the reason.
     *
     * @param ofImages which labels of images count
     * @param dialects what reads the labels for other proxies
     */
    public static Optional<ContainerData> read(
            ContainerFacts facts, ImageLabelMode ofImages, DialectSet dialects, FindingCollector findings) {
        if (facts.excess().isPresent()) {
            findings.leftOut(
                    facts.excess().get(), "…", "is longer than Interlock reads, or malformed; see docs/limits.md");
            return Optional.empty();
        }
        ImageFieldFilter images = new ImageFieldFilter(facts, ofImages, dialects.isAddressed(facts), findings);
        if (!images.isDecidable()) {
            return Optional.empty();
        }
        ContainerDataReader reader = new ContainerDataReader(facts.dataPlace(), findings, images);
        Optional<String> document = facts.interlockData().filter(text -> !text.isBlank());
        if (document.isPresent() && !reader.readDocument(document.get())) {
            return Optional.empty();
        }
        Optional<LabelReader> labels = LabelReader.read(facts.labels(), images, findings);
        if (labels.isEmpty()) {
            return Optional.empty();
        }
        reader.values.putAll(labels.get().values());
        labels.get().routes().forEach((name, its) -> reader.route(name).putAll(its));
        boolean ownData = (document.isPresent() && images.isGiven(ContainerFacts.DATA))
                || facts.labels().keySet().stream().anyMatch(label -> LabelPrefix.isOf(label) && images.isGiven(label));
        DialectDataReader others = new DialectDataReader(
                facts, images, findings, new EnumMap<>(reader.values), Map.copyOf(reader.routes), ownData);
        others.addTo(dialects, reader.values, reader.routes);
        if (others.present() && !ownData && !findings.served() && !reader.hasName()) {
            // A dialect says why; that the container has no name is no second reason.
            return Optional.empty();
        }
        if (reader.routes.size() > ContainerLimits.ROUTES) {
            findings.leftOut(reader.place + "." + ROUTES, Integer.toString(reader.routes.size()), TOO_MANY_ROUTES);
            return Optional.empty();
        }
        return Optional.of(new ContainerData(ownData || others.present(), reader.values, reader.routes));
    }

    private boolean hasName() {
        return Stream.concat(Stream.of(values), routes.values().stream())
                .anyMatch(its -> its.containsKey(ContainerField.HOSTNAME));
    }

    private Map<ContainerField, FieldValue> route(String name) {
        return routes.computeIfAbsent(name, any -> new EnumMap<>(ContainerField.class));
    }

    private boolean readDocument(String document) {
        if (document.length() > ContainerLimits.DOCUMENT_LENGTH) {
            findings.leftOut(place, "…", "is longer than " + ContainerLimits.DOCUMENT_LENGTH + " characters");
            return false;
        }
        JsonNode root;
        try {
            root = JSON.readTree(document);
        } catch (JsonProcessingException e) {
            findings.leftOut(place, "…", "is not one JSON object: " + explain(e));
            return false;
        }
        if (!root.isObject()) {
            findings.leftOut(place, "…", "is not a JSON object, expected one such as {\"port\": 8080}");
            return false;
        }
        for (Map.Entry<String, JsonNode> property : root.properties()) {
            if (property.getKey().equals(ROUTES)) {
                readRoutes(property.getValue());
            } else {
                take(place, property.getKey(), property.getValue(), values);
            }
        }
        return true;
    }

    /** Reads a list of routes, or an object with the routes by name. In a list, the index is the name of a route. */
    private void readRoutes(JsonNode node) {
        String list = place + "." + ROUTES;
        if (node.size() > ContainerLimits.ROUTES) {
            findings.leftOut(list, Integer.toString(node.size()), TOO_MANY_ROUTES);
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                readRoute(list + "[" + i + "]", Integer.toString(i), node.get(i));
            }
        } else if (node.isObject()) {
            for (Map.Entry<String, JsonNode> route : node.properties()) {
                readRoute(list + "." + route.getKey(), route.getKey(), route.getValue());
            }
        } else if (!node.isNull()) {
            findings.leftOut(new FieldValue(list, node, true), "expected a list of objects, one for each route");
        }
    }

    private void readRoute(String route, String name, JsonNode node) {
        if (!node.isObject() || !LabelReader.isNameOfRoute(name)) {
            findings.leftOut(
                    new FieldValue(route, node, true),
                    "expected a route, an object such as {\"path\": \"/api\"}, with a name of letters, digits, _ and -"
                            + " if it has one");
            return;
        }
        // A route without fields is a route, too.
        Map<ContainerField, FieldValue> its = route(name);
        for (Map.Entry<String, JsonNode> property : node.properties()) {
            take(route, property.getKey(), property.getValue(), its);
        }
    }

    private void take(String parent, String key, JsonNode value, Map<ContainerField, FieldValue> values) {
        Optional<ContainerField> field = ContainerField.ofKey(key);
        if (field.isEmpty()) {
            unknown(parent + "." + key, key, value, findings);
            return;
        }
        FieldValue given = new FieldValue(parent + "." + key, value, field.get().isSecret());
        if (!images.accepts(ContainerFacts.DATA, field.get(), given)) {
            return;
        }
        if (!given.saysNothing() || field.get().wrongValue().readsEmpty()) {
            if (field.get().key().equals(key) || !values.containsKey(field.get())) {
                // The current name of the field wins.
                values.put(field.get(), given);
            }
        } else if (field.get().failsClosed()) {
            findings.wrong(
                    field.get(), given, "says nothing, expected " + field.get().shownExample());
        }
    }

    /**
     * Records a value of an unknown field. The value is never shown, because it may be a secret under a misspelled
     * name. If the field was probably meant for protection, the container is not served.
     */
    static void unknown(String place, String key, JsonNode value, FindingCollector findings) {
        FieldValue given = new FieldValue(place, value, true);
        Optional<String> obsolete = ObsoleteFields.reason(key);
        if (obsolete.isPresent()) {
            findings.ignored(given, obsolete.get());
            return;
        }
        FieldNameResolver.Meaning meaning = FieldNameResolver.of(key);
        if (!meaning.failsClosed()) {
            meaning = nested(value).orElse(meaning);
        }
        findings.unknown(
                given,
                "is not a field that this version knows"
                        + meaning.field()
                                .map(field -> " (did you mean " + field.key() + "?)")
                                .orElse(""),
                meaning.failsClosed());
    }

    /** Records a label whose prefix is misspelt, if it was probably meant for a field. Its value is never shown. */
    static void misspelt(String label, FindingCollector findings) {
        FieldNameResolver.Meaning meaning = FieldNameResolver.of(LabelPrefix.key(label));
        String message = "is not read, did you mean label " + LabelPrefix.INTERLOCK
                + meaning.field().map(ContainerField::key).orElse("FIELD") + "?";
        if (meaning.failsClosed()) {
            findings.leftOut("label " + label, "…", message);
        } else if (meaning.field().isPresent()) {
            findings.ignored("label " + label, "…", message);
        }
    }

    /** Returns the meaning of the first nested field name that fails closed, below an unknown name. */
    private static Optional<FieldNameResolver.Meaning> nested(JsonNode value) {
        for (Map.Entry<String, JsonNode> property : value.properties()) {
            FieldNameResolver.Meaning meaning = FieldNameResolver.of(property.getKey());
            if (meaning.failsClosed()) {
                return Optional.of(meaning);
            }
        }
        for (JsonNode element : value) {
            Optional<FieldNameResolver.Meaning> meaning = nested(element);
            if (meaning.isPresent()) {
                return meaning;
            }
        }
        return Optional.empty();
    }

    private static String explain(JsonProcessingException e) {
        if (e instanceof MismatchedInputException) {
            return "something follows after its end";
        }
        JsonLocation location = e.getLocation();
        String place = location == null ? "" : "line " + location.getLineNr() + ", column " + location.getColumnNr();
        // A word that is not valid JSON may be a secret without its quotes, so the message leaves it out.
        return place + ": "
                + PrintableText.of(UNQUOTED.matcher(e.getOriginalMessage()).replaceFirst("$1"));
    }
}
