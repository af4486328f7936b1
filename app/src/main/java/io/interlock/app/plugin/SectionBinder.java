package io.interlock.app.plugin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.interlock.app.plugin.LoadedPlugins.SectionProblem;
import java.util.stream.Collectors;

/** Binds a plugin's section of the configuration file to the plugin's own record. */
final class SectionBinder {

    /** What is wrong in a section, and where. */
    static final class SectionException extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient SectionProblem problem;

        SectionException(SectionProblem problem, Throwable cause) {
            super(problem.path() + ": " + problem.message(), cause);
            this.problem = problem;
        }

        SectionProblem problem() {
            return problem;
        }
    }

    private SectionBinder() {}

    /** A mapper for each call: Jackson caches types, which would keep a removed plugin's class loader alive. */
    private static JsonMapper mapper() {
        return JsonMapper.builder()
                .addModule(new Jdk8Module())
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .build();
    }

    static <C> C bind(String pluginId, ObjectNode section, Class<C> type) throws SectionException {
        try {
            return mapper().treeToValue(section, type);
        } catch (JsonMappingException e) {
            throw new SectionException(new SectionProblem(path(pluginId, e), message(e)), e);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new SectionException(new SectionProblem("$.plugins." + pluginId, String.valueOf(e.getMessage())), e);
        }
    }

    private static String path(String pluginId, JsonMappingException e) {
        return "$.plugins." + pluginId
                + e.getPath().stream()
                        .map(step ->
                                step.getFieldName() != null ? "." + step.getFieldName() : "[" + step.getIndex() + "]")
                        .collect(Collectors.joining());
    }

    private static String message(JsonMappingException e) {
        return switch (e) {
            case UnrecognizedPropertyException unknown ->
                "unknown key, expected one of "
                        + unknown.getKnownPropertyIds().stream()
                                .map(String::valueOf)
                                .sorted()
                                .collect(Collectors.joining(", "));
            case MismatchedInputException mismatch
            when mismatch.getTargetType() != null ->
                "expected a value of type " + mismatch.getTargetType().getSimpleName() + ": "
                        + mismatch.getOriginalMessage();
            default -> {
                Throwable cause = e.getCause();
                yield cause instanceof IllegalArgumentException && cause.getMessage() != null
                        ? cause.getMessage()
                        : e.getOriginalMessage();
            }
        };
    }
}
