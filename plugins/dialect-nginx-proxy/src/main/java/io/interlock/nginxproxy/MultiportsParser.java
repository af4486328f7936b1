package io.interlock.nginxproxy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Parser of the part of YAML that {@code VIRTUAL_HOST_MULTIPORTS} needs: nested mappings of scalars, in block form, in flow form,
 * or as JSON. Everything else is refused.
 */
final class MultiportsParser {

    private static final int MOST_CHARACTERS = 65_536;
    private static final int MOST_ENTRIES = 2_000;
    private static final int MOST_LEVELS = 6;

    private final String text;
    private int position;
    private int entries;

    private MultiportsParser(String text) {
        this.text = text;
    }

    /**
     * Returns the mapping. Its values are texts or mappings; a missing value is an empty mapping.
     *
     * @throws IllegalArgumentException if the text is no such mapping
     */
    static Map<String, Object> parse(String text) {
        if (text.length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException("is longer than " + MOST_CHARACTERS + " characters");
        }
        MultiportsParser parser = new MultiportsParser(text.strip());
        if (parser.text.startsWith("{")) {
            Map<String, Object> mapping = parser.flow(0);
            parser.skip();
            if (parser.position < parser.text.length()) {
                throw new IllegalArgumentException("has something after its end");
            }
            return mapping;
        }
        return parser.block(text);
    }

    private record OpenBlock(int indent, Map<String, Object> mapping) {}

    private Map<String, Object> block(String lines) {
        Map<String, Object> root = new LinkedHashMap<>();
        Deque<OpenBlock> open = new ArrayDeque<>();
        int childIndent = -1;
        @Nullable Map<String, Object> child = root;
        for (String line : lines.split("\n", -1)) {
            String content = withoutComment(line).stripTrailing();
            if (content.isBlank() || content.equals("---")) {
                continue;
            }
            int indent = indent(content);
            if (indent > childIndent) {
                if (child == null) {
                    throw new IllegalArgumentException("has a line that is indented further than the one before");
                }
                open.push(new OpenBlock(indent, child));
            } else {
                while (!open.isEmpty() && open.element().indent() > indent) {
                    open.pop();
                }
                if (open.isEmpty() || open.element().indent() != indent) {
                    throw new IllegalArgumentException("has a line whose indentation fits no other");
                }
            }
            if (open.size() > MOST_LEVELS) {
                throw new IllegalArgumentException("has more than " + MOST_LEVELS + " levels");
            }
            childIndent = indent;
            child = entry(content.strip(), open.element().mapping());
        }
        return root;
    }

    /** Adds an entry, and returns the mapping that the next lines may fill; null if it has a value. */
    private @Nullable Map<String, Object> entry(String content, Map<String, Object> mapping) {
        MultiportsParser line = new MultiportsParser(content);
        String key = line.key();
        line.skip();
        if (line.position == content.length()) {
            Map<String, Object> child = new LinkedHashMap<>();
            put(mapping, key, child);
            return child;
        }
        if (content.charAt(line.position) == '{') {
            put(mapping, key, line.flow(1));
            line.skip();
            if (line.position < content.length()) {
                throw new IllegalArgumentException("has something after a mapping");
            }
            return null;
        }
        put(mapping, key, scalar(content.substring(line.position).strip()));
        return null;
    }

    private void put(Map<String, Object> mapping, String key, Object value) {
        if (++entries > MOST_ENTRIES) {
            throw new IllegalArgumentException("has more than " + MOST_ENTRIES + " entries");
        }
        if (mapping.putIfAbsent(key, value) != null) {
            throw new IllegalArgumentException("has an entry twice");
        }
    }

    /** Reads a key and the colon after it. */
    private String key() {
        String key;
        if (position < text.length() && (text.charAt(position) == '"' || text.charAt(position) == '\'')) {
            key = quoted();
            skip();
        } else {
            int end = position;
            while (end < text.length() && !(text.charAt(end) == ':' && isEnd(end + 1))) {
                end++;
            }
            key = text.substring(position, end).strip();
            position = end;
        }
        if (position >= text.length()
                || text.charAt(position) != ':'
                || key.isEmpty()
                || "-?&*!|>%@".indexOf(key.charAt(0)) == 0) {
            throw new IllegalArgumentException("has a line that is no KEY: VALUE");
        }
        position++;
        return key;
    }

    private boolean isEnd(int at) {
        return at >= text.length() || Character.isWhitespace(text.charAt(at)) || "{}\"'".indexOf(text.charAt(at)) >= 0;
    }

    private Map<String, Object> flow(int level) {
        if (level > MOST_LEVELS) {
            throw new IllegalArgumentException("has more than " + MOST_LEVELS + " levels");
        }
        Map<String, Object> mapping = new LinkedHashMap<>();
        position++;
        skip();
        while (peek() != '}') {
            String key = key();
            skip();
            if (peek() == '{') {
                put(mapping, key, flow(level + 1));
            } else if (peek() == '"' || peek() == '\'') {
                put(mapping, key, quoted());
            } else {
                int end = position;
                while (end < text.length() && ",}".indexOf(text.charAt(end)) < 0) {
                    end++;
                }
                put(mapping, key, scalar(text.substring(position, end).strip()));
                position = end;
            }
            skip();
            if (peek() == ',') {
                position++;
                skip();
            } else if (peek() != '}') {
                throw new IllegalArgumentException("has a mapping without its end");
            }
        }
        position++;
        return mapping;
    }

    private char peek() {
        if (position >= text.length()) {
            throw new IllegalArgumentException("ends too early");
        }
        return text.charAt(position);
    }

    private String quoted() {
        char quote = text.charAt(position++);
        StringBuilder value = new StringBuilder();
        while (peek() != quote) {
            char character = text.charAt(position++);
            if (character == '\\' && quote == '"') {
                character = peek();
                position++;
                if ("\\\"/".indexOf(character) < 0) {
                    throw new IllegalArgumentException("has an escape other than \\\\, \\\" and \\/");
                }
            }
            value.append(character);
        }
        position++;
        return value.toString();
    }

    private static Object scalar(String value) {
        if (value.isEmpty() || value.equals("null") || value.equals("~")) {
            return new LinkedHashMap<String, Object>();
        }
        if (value.charAt(0) == '"' || value.charAt(0) == '\'') {
            MultiportsParser quoted = new MultiportsParser(value);
            String inside = quoted.quoted();
            if (quoted.position < value.length()) {
                throw new IllegalArgumentException("has something after a quoted text");
            }
            return inside;
        }
        if ("[]{}&*!|>%@`".indexOf(value.charAt(0)) >= 0) {
            throw new IllegalArgumentException("has a value that is no text and no number");
        }
        return value;
    }

    private void skip() {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
    }

    private static int indent(String line) {
        int indent = 0;
        while (line.charAt(indent) == ' ') {
            indent++;
        }
        if (line.charAt(indent) == '\t') {
            throw new IllegalArgumentException("is indented with tabs");
        }
        return indent;
    }

    private static String withoutComment(String line) {
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char character = line.charAt(i);
            if (quote != 0) {
                quote = character == quote ? 0 : quote;
            } else if (character == '"' || character == '\'') {
                quote = character;
            } else if (character == '#' && (i == 0 || Character.isWhitespace(line.charAt(i - 1)))) {
                return line.substring(0, i);
            }
        }
        return line;
    }

    /** Returns the locations by host name, in their order. */
    static Map<String, List<VirtualLocation>> locations(String text) {
        Map<String, List<VirtualLocation>> hosts = new LinkedHashMap<>();
        parse(text).forEach((host, paths) -> {
            List<VirtualLocation> locations = new ArrayList<>();
            mapping(paths, host).forEach((path, settings) -> locations.add(location(path, mapping(settings, path))));
            hosts.put(host, locations.isEmpty() ? List.of(location("/", Map.of())) : locations);
        });
        return hosts;
    }

    private static VirtualLocation location(String path, Map<String, Object> settings) {
        for (String key : settings.keySet()) {
            if (!List.of("port", "dest", "proto").contains(key)) {
                throw new IllegalArgumentException("has a key other than port, dest and proto at a path");
            }
        }
        return new VirtualLocation(
                path, text(settings, "port"), text(settings, "dest").orElse(""), text(settings, "proto"));
    }

    private static Optional<String> text(Map<String, Object> settings, String key) {
        Object value = settings.get(key);
        if (value instanceof Map<?, ?> mapping && !mapping.isEmpty()) {
            throw new IllegalArgumentException("has a mapping where a text was expected");
        }
        return value instanceof String found ? Optional.of(found) : Optional.empty();
    }

    @SuppressWarnings("unchecked") // Every mapping here was made above.
    private static Map<String, Object> mapping(Object value, String key) {
        if (value instanceof Map<?, ?> mapping) {
            return (Map<String, Object>) mapping;
        }
        throw new IllegalArgumentException("has a text at " + key + " where a mapping was expected");
    }
}
