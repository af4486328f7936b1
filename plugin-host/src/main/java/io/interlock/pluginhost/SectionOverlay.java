package io.interlock.pluginhost;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.interlock.api.SecretText;
import io.interlock.pluginhost.PluginSectionBinder.SectionException;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Adds to a section what environment variables and files of secrets say, by the types of the plugin's record: each
 * component of type {@link SecretText} also has a key {@code …_file}, also in the elements of lists.
 */
final class SectionOverlay {

    private static final String FILE_SUFFIX = "_file";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final PropertyNamingStrategies.SnakeCaseStrategy NAMES =
            (PropertyNamingStrategies.SnakeCaseStrategy) PropertyNamingStrategies.SNAKE_CASE;

    private final String pluginId;
    private final SectionInputs inputs;
    private final String prefix;
    private final Set<String> variables = new HashSet<>();
    private final Set<Path> files = new TreeSet<>();

    SectionOverlay(String pluginId, SectionInputs inputs) {
        this.pluginId = pluginId;
        this.inputs = inputs;
        this.prefix = SectionInputs.prefix(pluginId);
    }

    /** Returns a copy of the section with all values. */
    ObjectNode over(ObjectNode section, Class<?> type) throws SectionException {
        ObjectNode all = section.deepCopy();
        apply(all, type, List.of(), prefix);
        Optional<String> unknown = inputs.variables().keySet().stream()
                .filter(name -> name.startsWith(prefix) && !variables.contains(name))
                .sorted()
                .findFirst();
        if (unknown.isPresent()) {
            throw new SectionException(new PluginSectionProblem(
                    pluginId,
                    List.of(),
                    "environment variables " + String.join(", ", new TreeSet<>(variables)),
                    unknown.get(),
                    Optional.empty()));
        }
        return all;
    }

    /** Returns the files of secrets that were read. */
    Set<Path> files() {
        return files;
    }

    private void apply(ObjectNode object, Class<?> type, List<Object> path, String variable) throws SectionException {
        if (!type.isRecord()) {
            return;
        }
        for (RecordComponent component : type.getRecordComponents()) {
            String name = NAMES.translate(component.getName());
            Class<?> raw = raw(component.getGenericType());
            String own = variable + name.toUpperCase(Locale.ROOT);
            if (raw.isRecord()) {
                nested(object, raw, name, path, own);
                continue;
            }
            set(object, name, raw, own);
            if (raw == SecretText.class) {
                secret(object, name, path, own);
            }
            elements(object.path(name), component.getGenericType(), with(path, name));
        }
    }

    /** Elements of a list have secrets from files; variables are for the whole list. */
    private void elements(JsonNode list, Type type, List<Object> path) throws SectionException {
        if (!(type instanceof ParameterizedType given
                && given.getRawType() == List.class
                && given.getActualTypeArguments()[0] instanceof Class<?> element
                && element.isRecord())) {
            return;
        }
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) instanceof ObjectNode object) {
                for (RecordComponent component : element.getRecordComponents()) {
                    if (raw(component.getGenericType()) == SecretText.class) {
                        fromFile(object, NAMES.translate(component.getName()), with(path, i));
                    }
                }
            }
        }
    }

    private void nested(ObjectNode object, Class<?> type, String name, List<Object> path, String variable)
            throws SectionException {
        JsonNode there = object.path(name);
        ObjectNode inner = there instanceof ObjectNode given ? given : JsonNodeFactory.instance.objectNode();
        apply(inner, type, with(path, name), variable + "_");
        if (there.isMissingNode() && !inner.isEmpty()) {
            object.set(name, inner);
        }
    }

    private void set(ObjectNode object, String name, Class<?> type, String variable) {
        variables.add(variable);
        value(variable).ifPresent(text -> {
            object.set(name, isText(type) ? TextNode.valueOf(text) : parsed(text));
            if (type == SecretText.class) {
                object.remove(name + FILE_SUFFIX);
            }
        });
    }

    private Optional<String> value(String variable) {
        return Optional.ofNullable(inputs.variables().get(variable)).filter(text -> !text.isEmpty());
    }

    private static boolean isText(Class<?> type) {
        return type == String.class || type == SecretText.class || type == Path.class || type.isEnum();
    }

    private static JsonNode parsed(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(text);
        }
    }

    private void secret(ObjectNode object, String name, List<Object> path, String variable) throws SectionException {
        String key = name + FILE_SUFFIX;
        variables.add(variable + "_FILE");
        Optional<String> byVariable = value(variable + "_FILE");
        if (byVariable.isPresent()) {
            object.put(key, byVariable.get());
            if (value(variable).isEmpty()) {
                object.remove(name);
            }
        }
        fromFile(object, name, path);
    }

    private void fromFile(ObjectNode object, String name, List<Object> path) throws SectionException {
        String key = name + FILE_SUFFIX;
        JsonNode file = object.remove(key);
        if (file == null || (file.isTextual() && file.textValue().isEmpty())) {
            return;
        }
        if (object.path(name).isTextual() && !object.path(name).textValue().isEmpty()) {
            throw problem(with(path, key), "either " + name + " or " + key, "both");
        }
        String expected = "the path of a readable file with " + name;
        Path secret = path(file).orElseThrow(() -> problem(with(path, key), expected, "no path"));
        files.add(secret);
        try {
            String text = SecretFileReader.read(secret);
            if (text.isEmpty()) {
                throw problem(with(path, key), expected, "an empty file");
            }
            object.put(name, text);
        } catch (IOException e) {
            throw problem(with(path, key), expected, String.valueOf(e.getMessage()));
        }
    }

    private Optional<Path> path(JsonNode text) {
        try {
            return text.isTextual() && !text.textValue().isEmpty()
                    ? Optional.of(inputs.base().resolve(text.textValue()).normalize())
                    : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private SectionException problem(List<Object> path, String expected, String found) {
        return new SectionException(new PluginSectionProblem(pluginId, path, expected, found, Optional.empty()));
    }

    private static List<Object> with(List<Object> path, Object name) {
        List<Object> longer = new ArrayList<>(path);
        longer.add(name);
        return longer;
    }

    private static Class<?> raw(Type type) {
        return switch (type) {
            case Class<?> plain -> plain;
            case ParameterizedType optional
            when optional.getRawType() == Optional.class -> raw(optional.getActualTypeArguments()[0]);
            case ParameterizedType other when other.getRawType() instanceof Class<?> plain -> plain;
            default -> Object.class;
        };
    }
}
