package io.interlock.caddy.label;

import java.util.List;
import java.util.Optional;

/**
 * Directive of a Caddyfile, or an option within one.
 *
 * @param label the name of the label that it is made of
 * @param name its name: {@code reverse_proxy}
 * @param arguments what follows the name
 * @param children what its block has, in the order of the Caddyfile
 */
public record CaddyDirective(String label, String name, List<String> arguments, List<CaddyDirective> children) {

    public CaddyDirective {
        arguments = List.copyOf(arguments);
        children = List.copyOf(children);
    }

    /** Returns the first argument after those that are skipped. */
    public Optional<String> argument(int index) {
        return index < arguments.size() ? Optional.of(arguments.get(index)) : Optional.empty();
    }

    public Optional<CaddyDirective> child(String wanted) {
        return children.stream().filter(child -> child.name().equals(wanted)).findFirst();
    }

    public CaddyDirective with(List<String> otherArguments) {
        return new CaddyDirective(label, name, otherArguments, children);
    }
}
