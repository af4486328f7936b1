package io.interlock.caddy.label;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Blocks of a Caddyfile that labels describe: dots are nesting, {@code 1_} before a name is an order, {@code _1} after it keeps
 * directives apart.
 */
public final class DirectiveTree {

    private static final Pattern PART = Pattern.compile("(?s)(?:(\\d{1,9})_)?(.+?)(?:_(\\d{1,9}))?");
    private static final int DEEPEST = 20;
    private static final String DOT = "\u0000";

    private final Map<String, DirectiveNode> roots =
            new TreeMap<>(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));
    private final List<CaddyDirective> others = new ArrayList<>();

    /** Directive while labels are read: a part of a label may come before its own label does. */
    private static final class DirectiveNode {
        private final String name;
        private final long order;
        private String label;
        private List<String> arguments = List.of();
        private final Map<String, DirectiveNode> children = new LinkedHashMap<>();

        DirectiveNode(String part, String label) {
            Matcher match = PART.matcher(part);
            boolean matches = match.matches();
            this.name = (matches ? match.group(2) : part).replace(DOT, ".");
            this.order = matches && match.group(1) != null ? Long.parseLong(match.group(1)) : Long.MAX_VALUE;
            this.label = label;
        }

        CaddyDirective directive() {
            return new CaddyDirective(
                    label,
                    name,
                    arguments,
                    children.values().stream()
                            .sorted(Comparator.<DirectiveNode>comparingLong(child -> child.order)
                                    .thenComparing(child -> child.name))
                            .map(DirectiveNode::directive)
                            .toList());
        }
    }

    /**
     * @param labels by name, sorted
     * @param prefix of the labels: {@code caddy}
     */
    public DirectiveTree(Map<String, String> labels, String prefix) {
        Pattern root = Pattern.compile(Pattern.quote(prefix) + "(?:_\\d{1,9})?");
        labels.forEach((label, value) -> {
            String[] parts = label.substring(Math.min(label.length(), prefix.length()))
                    .replace("\\.", DOT)
                    .split("\\.", -1);
            String top = label.substring(0, Math.min(label.length(), prefix.length())) + parts[0];
            List<String> arguments = ArgumentSplitter.split(value);
            if (!root.matcher(top).matches() || parts.length > DEEPEST) {
                others.add(new CaddyDirective(label, label, arguments, List.of()));
                return;
            }
            DirectiveNode node = roots.computeIfAbsent(top, name -> new DirectiveNode(name, label));
            for (int i = 1; i < parts.length; i++) {
                node = node.children.computeIfAbsent(parts[i], part -> new DirectiveNode(part, label));
            }
            node.label = label;
            node.arguments = arguments;
        });
    }

    /** Returns the blocks: sites, snippets, and global options, which have no arguments. */
    public List<CaddyDirective> blocks() {
        return roots.values().stream().map(DirectiveNode::directive).toList();
    }

    /** Returns the labels that belong to no block. */
    public List<CaddyDirective> others() {
        return others;
    }
}
