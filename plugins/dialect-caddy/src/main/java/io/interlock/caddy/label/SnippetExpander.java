package io.interlock.caddy.label;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts snippets in the place of the directives that import them. */
public final class SnippetExpander {

    private static final int DEEPEST = 8;
    private static final int MOST = 2_000;

    private final Map<String, CaddyDirective> snippets = new HashMap<>();
    private int expanded;

    /** Adds the block if it is a snippet. */
    public boolean add(CaddyDirective block) {
        String name = block.argument(0).orElse("");
        boolean isSnippet = block.arguments().size() == 1 && name.startsWith("(") && name.endsWith(")");
        if (isSnippet) {
            snippets.put(name.substring(1, name.length() - 1), block);
        }
        return isSnippet;
    }

    /** Returns the block with what it imports. An import of an unknown snippet stays. */
    public CaddyDirective expand(CaddyDirective block) {
        return expand(block, List.of(), 0);
    }

    private CaddyDirective expand(CaddyDirective block, List<String> values, int depth) {
        List<CaddyDirective> children = new ArrayList<>();
        for (CaddyDirective child : block.children()) {
            CaddyDirective given = child.with(child.arguments().stream()
                    .map(text -> replaced(text, values))
                    .toList());
            Optional<CaddyDirective> snippet = child.name().equals("import") && depth < DEEPEST && expanded < MOST
                    ? given.argument(0).flatMap(name -> Optional.ofNullable(snippets.get(name)))
                    : Optional.empty();
            if (snippet.isPresent()) {
                List<String> arguments =
                        given.arguments().subList(1, given.arguments().size());
                children.addAll(expand(snippet.get(), arguments, depth + 1).children());
            } else {
                expanded++;
                children.add(expand(given, values, depth));
            }
        }
        return new CaddyDirective(block.label(), block.name(), block.arguments(), children);
    }

    private static String replaced(String text, List<String> values) {
        String result = text;
        for (int i = 0; i < Math.min(values.size(), DEEPEST) && result.contains("{args"); i++) {
            result = result.replace("{args[" + i + "]}", values.get(i)).replace("{args." + i + "}", values.get(i));
        }
        return result;
    }
}
