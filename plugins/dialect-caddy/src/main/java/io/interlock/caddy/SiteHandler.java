package io.interlock.caddy;

import io.interlock.caddy.label.CaddyDirective;
import java.util.List;
import java.util.Optional;

/**
 * Directive that answers requests of a site, with the directives that change or refuse them before.
 *
 * @param match the requests
 * @param directive what answers them
 * @param arguments those after its matcher
 * @param modifiers the directives before it, outer ones first
 * @param stripped what is removed from the path; empty for nothing
 */
record SiteHandler(
        RequestMatch match,
        CaddyDirective directive,
        List<String> arguments,
        List<Modifier> modifiers,
        Optional<String> stripped) {

    /**
     * Directive that changes or refuses requests.
     *
     * @param directive the directive
     * @param matches the requests; empty if they cannot be said
     * @param arguments those after its matcher
     */
    record Modifier(CaddyDirective directive, Optional<List<RequestMatch>> matches, List<String> arguments) {}

    SiteHandler with(RequestMatch other) {
        return new SiteHandler(other, directive, arguments, modifiers, stripped);
    }
}
