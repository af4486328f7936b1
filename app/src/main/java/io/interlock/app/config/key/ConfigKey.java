package io.interlock.app.config.key;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.interlock.app.config.json.ConfigLocationIndex;
import io.interlock.app.config.problem.ConfigProblemCollector;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One key of the configuration file. {@link ConfigKeys} declares all of them.
 *
 * @param path the JSON path, with {@code []} for an element of a list
 * @param type the values that the key accepts
 * @param standard the value of a file without the key
 * @param secret whether no message may show the value
 * @param doc the meaning, one or two sentences
 */
public record ConfigKey<T>(String name, String path, ValueType<T> type, Default standard, boolean secret, String doc) {

    /** Returns the value of a file without the key. Only for keys whose default has a value. */
    public T standardValue() {
        ConfigValue.Source nowhere =
                new ConfigValue.Source(ConfigLocationIndex.none(), Path.of("/"), new ConfigProblemCollector());
        return standard.value()
                .flatMap(node -> type.read(new ConfigValue(node, path, secret, nowhere)))
                .orElseThrow(() -> new IllegalStateException("no default, or a wrong one, is declared for " + path));
    }

    /** Returns the environment variable that sets the key; {@code N} stands for the index of an element of a list. */
    public String variable() {
        return ConfigVariables.name(path);
    }

    /** Returns the key with the path of a file with this value. Only for secret keys. */
    public String fileKey() {
        return name + ConfigKeyGroup.FILE_SUFFIX;
    }

    /**
     * The value of a file without the key.
     *
     * @param value in the form of the file; empty if there is none, or if it depends on other keys or the machine
     * @param text in the documentation
     */
    public record Default(Optional<JsonNode> value, String text) {

        private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

        /** Default of an optional key. */
        static final Default NONE = derived("none");

        static final Default NO = of(JSON.booleanNode(false));
        static final Default YES = of(JSON.booleanNode(true));
        static final Default EMPTY_LIST = of(JSON.arrayNode());
        static final Default EMPTY_OBJECT = of(JSON.objectNode());

        static Default number(long value) {
            return of(JSON.numberNode(value));
        }

        static Default number(double value) {
            return of(JSON.numberNode(value));
        }

        static Default text(String value) {
            return of(JSON.textNode(value));
        }

        private static Default of(JsonNode value) {
            return new Default(Optional.of(value), "`" + value + "`");
        }

        /** Creates the default of a key whose default depends on other keys or on the machine. */
        static Default derived(String text) {
            return new Default(Optional.empty(), text);
        }

        /** Returns the same value with another text in the documentation. */
        Default toldAs(String otherText) {
            return new Default(value, otherText);
        }
    }
}
