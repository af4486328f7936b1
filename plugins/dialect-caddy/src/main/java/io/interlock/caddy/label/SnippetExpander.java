package io.interlock.caddy.label;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts snippets in the place of the directives that import them. */
public final class SnippetExpander {

    /** Most directives of a container, together with those of snippets. */
    public static final int MOST_DIRECTIVES = 500;

    private static final int DEEPEST = 8;

    /** Characters of all texts with arguments of snippets: an argument may have others many times. */
    private static final int MOST_CHARACTERS = 1_000_000;

    private static final Pattern ARGUMENT = Pattern.compile("\\{args(?:\\[(\\d{1,3})]|\\.(\\d{1,3}))}");

    private final Map<String, CaddyDirective> snippets = new HashMap<>();
    private int directives;
    private int characters;

    /** Adds the block if it is a snippet. */
    public boolean add(CaddyDirective block) {
        String name = block.argument(0).orElse("");
        boolean isSnippet = block.arguments().size() == 1 && name.startsWith("(") && name.endsWith(")");
        if (isSnippet) {
            snippets.put(name.substring(1, name.length() - 1), block);
        }
        return isSnippet;
    }

    /** Whether the blocks that were expanded have more directives than are read. */
    public boolean isTooLarge() {
        return directives > MOST_DIRECTIVES;
    }

    /** Returns the block with what it imports. An import of an unknown snippet stays, and so does what is beyond a limit. */
    public CaddyDirective expand(CaddyDirective block) {
        return expand(block, List.of(), 0);
    }

    private CaddyDirective expand(CaddyDirective block, List<String> values, int depth) {
        List<CaddyDirective> children = new ArrayList<>();
        for (CaddyDirective child : block.children()) {
            directives++;
            CaddyDirective given = new CaddyDirective(
                    child.label(),
                    replaced(child.name(), values),
                    child.arguments().stream()
                            .map(text -> replaced(text, values))
                            .toList(),
                    child.children());
            Optional<CaddyDirective> snippet = child.name().equals("import") && depth < DEEPEST && !isTooLarge()
                    ? given.argument(0).flatMap(name -> Optional.ofNullable(snippets.get(name)))
                    : Optional.empty();
            if (snippet.isPresent()) {
                List<String> arguments =
                        given.arguments().subList(1, given.arguments().size());
                children.addAll(expand(snippet.get(), arguments, depth + 1).children());
            } else {
                children.add(expand(given, values, depth));
            }
        }
        return new CaddyDirective(block.label(), block.name(), block.arguments(), children);
    }

    private String replaced(String text, List<String> values) {
        Matcher placeholder = ARGUMENT.matcher(text);
        StringBuilder result = new StringBuilder();
        int from = 0;
        while (placeholder.find()) {
            int index = Integer.parseInt(placeholder.group(1) == null ? placeholder.group(2) : placeholder.group(1));
            if (index < values.size() && values.get(index).length() <= MOST_CHARACTERS - characters) {
                characters += values.get(index).length();
                result.append(text, from, placeholder.start()).append(values.get(index));
                from = placeholder.end();
            }
        }
        return result.append(text, from, text.length()).toString();
    }
}
