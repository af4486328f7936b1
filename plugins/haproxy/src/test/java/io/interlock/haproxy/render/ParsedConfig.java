package io.interlock.haproxy.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Configuration as HAProxy reads it: sections of lines of words. It supports the part of HAProxy's language that the
 * plugin writes.
 */
final class ParsedConfig {

    private static final Set<String> SECTIONS = Set.of(
            "global",
            "defaults",
            "frontend",
            "backend",
            "listen",
            "peers",
            "resolvers",
            "program",
            "userlist",
            "cache");

    /** Lines that may contain values from containers. */
    private static final Pattern UNTRUSTED = Pattern.compile("\\s*(?:option|server|http-check) .*");

    /** Characters with a meaning in HAProxy's language outside of quotes. */
    private static final String MEANINGFUL = "\"\\$#";

    private final List<Section> sections = new ArrayList<>();

    /**
     * Section.
     *
     * @param head its first line
     * @param lines its other lines that are neither blank nor comments
     */
    record Section(List<String> head, List<List<String>> lines) {}

    static ParsedConfig parse(String text) {
        ParsedConfig config = new ParsedConfig();
        text.lines()
                .filter(line -> !line.strip().startsWith("#"))
                .map(ParsedConfig::words)
                .filter(words -> !words.isEmpty())
                .forEach(config::take);
        return config;
    }

    List<Section> sections() {
        return sections;
    }

    private void take(List<String> words) {
        if (SECTIONS.contains(words.getFirst())) {
            sections.add(new Section(words, new ArrayList<>()));
        } else {
            sections.getLast().lines().add(words);
        }
    }

    static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        boolean untrusted = UNTRUSTED.matcher(line).matches();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == ' ') {
                if (inWord) {
                    words.add(word.toString());
                    word.setLength(0);
                }
                inWord = false;
                continue;
            }
            inWord = true;
            if (c == '\'' || (c == '"' && !untrusted)) {
                int end = line.indexOf(c, i + 1);
                word.append(line, i + 1, end);
                i = end;
            } else if (c == '\\' && line.startsWith("'", i + 1)) {
                word.append('\'');
                i++;
            } else if (untrusted && MEANINGFUL.indexOf(c) >= 0) {
                throw new IllegalArgumentException("unquoted " + c + " in: " + line);
            } else {
                word.append(c);
            }
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words;
    }
}
