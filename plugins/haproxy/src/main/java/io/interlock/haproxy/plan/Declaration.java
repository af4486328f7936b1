package io.interlock.haproxy.plan;

import java.util.List;

/**
 * What the configuration says of a backend besides its name and servers: only a reload changes it.
 *
 * @param directives whole lines
 * @param looksUpCheck whether one of them looks up what to ask for in {@link RouteMap#CHECKS}
 */
public record Declaration(List<String> directives, boolean looksUpCheck) {

    /** Begins the directive that says what each server has. */
    public static final String SERVER_DEFAULTS = "default-server ";

    public Declaration {
        directives = List.copyOf(directives);
    }

    /** What each server has beside its own parameters; empty: nothing. */
    public String serverDefaults() {
        return directives.stream()
                .filter(line -> line.startsWith(SERVER_DEFAULTS))
                .findFirst()
                .map(line -> line.substring(SERVER_DEFAULTS.length()))
                .orElse("");
    }
}
