package io.interlock.pluginhost;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.util.LRUMap;
import com.fasterxml.jackson.databind.util.LookupCache;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.interlock.api.SecretText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Binds one plugin's section of the configuration file to the plugin's own record. */
public final class PluginSectionBinder {

    /** Thrown if a section is wrong; says what is wrong, and where. */
    public static final class SectionException extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient PluginSectionProblem problem;

        SectionException(PluginSectionProblem problem, Throwable cause) {
            super(problem.toString(), cause);
            this.problem = problem;
        }

        SectionException(PluginSectionProblem problem) {
            super(problem.toString());
            this.problem = problem;
        }

        public PluginSectionProblem problem() {
            return problem;
        }
    }

    private static final int TYPES = 64;

    private final String pluginId;
    private final SectionOverlay overlay;
    private ObjectNode section;

    /** @param section the content of the section, without the keys of the host */
    public PluginSectionBinder(String pluginId, ObjectNode section) {
        this(pluginId, section, SectionInputs.NONE);
    }

    /**
     * @param section the content of the section, without the keys of the host
     * @param inputs what may set further keys
     */
    public PluginSectionBinder(String pluginId, ObjectNode section, SectionInputs inputs) {
        this.pluginId = pluginId;
        this.section = section;
        this.overlay = new SectionOverlay(pluginId, inputs);
    }

    /**
     * Creates the plugin's record. Its constructor runs on this thread.
     *
     * @throws SectionException if the section does not match the record, or the constructor rejects it
     */
    public <C> C bind(Class<C> type) throws SectionException {
        section = overlay.over(section, type);
        try {
            return mapper().treeToValue(section, type);
        } catch (JsonMappingException e) {
            throw new SectionException(problem(e), e);
        } catch (JsonProcessingException e) {
            throw new SectionException(refused(List.of(), e), e);
        }
    }

    /** Returns the files of secrets that {@link #bind} has read. */
    public Set<Path> files() {
        return Set.copyOf(overlay.files());
    }

    /**
     * Creates a mapper and types for each call, because Jackson's caches would keep a removed plugin's class loader
     * alive.
     */
    private static JsonMapper mapper() {
        LookupCache<Object, JavaType> types = new LRUMap<>(TYPES, TYPES);
        return JsonMapper.builder()
                .typeFactory(TypeFactory.defaultInstance().withCache(types))
                .addModule(new Jdk8Module())
                .addModule(new SimpleModule().addDeserializer(SecretText.class, new SecretTextReader()))
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(
                        LogicalType.Textual,
                        texts -> texts.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .build();
    }

    /** Reads a secret as a text, with the same rules. */
    private static final class SecretTextReader extends StdDeserializer<SecretText> {

        private static final long serialVersionUID = 1L;

        SecretTextReader() {
            super(SecretText.class);
        }

        @Override
        public SecretText deserialize(JsonParser json, DeserializationContext context) throws IOException {
            return json.currentToken() == JsonToken.VALUE_STRING
                    ? SecretText.of(json.getText())
                    : (SecretText) context.handleUnexpectedToken(SecretText.class, json);
        }
    }

    private PluginSectionProblem problem(JsonMappingException e) {
        List<Object> path = path(e);
        if (e instanceof UnrecognizedPropertyException unknown) {
            String known = unknown.getKnownPropertyIds().stream()
                    .map(String::valueOf)
                    .sorted()
                    .collect(Collectors.joining(", "));
            return new PluginSectionProblem(pluginId, path, "one of " + known, "an unknown key", Optional.empty());
        }
        if (e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null && !path.isEmpty()) {
            return wrong(path, SectionTypeNames.expected(mismatch.getTargetType()));
        }
        if (e.getCause() instanceof InputCoercionException beyond) {
            return wrong(path, SectionTypeNames.expectedRange(beyond.getTargetType()));
        }
        return refused(path, e.getCause() instanceof IllegalArgumentException cause ? cause : e);
    }

    private PluginSectionProblem refused(List<Object> path, Exception e) {
        return new PluginSectionProblem(
                pluginId,
                path,
                "what plugin " + pluginId + " takes",
                "what it refuses",
                Optional.ofNullable(
                        e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage()));
    }

    private static List<Object> path(JsonMappingException e) {
        List<Object> path = new ArrayList<>();
        e.getPath().forEach(step -> path.add(step.getFieldName() != null ? step.getFieldName() : step.getIndex()));
        return path;
    }

    private PluginSectionProblem wrong(List<Object> path, String expected) {
        JsonNode node = section;
        for (Object step : path) {
            node = step instanceof Integer index ? node.path(index) : node.path(String.valueOf(step));
        }
        return new PluginSectionProblem(
                pluginId, path, expected, SectionTypeNames.found(node, expected), Optional.empty());
    }
}
