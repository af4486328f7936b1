package io.interlock.haproxy.plan;

import java.util.List;

/**
 * What the configuration says of a backend besides its name and servers: only a reload changes it.
 *
 * @param directives whole lines
 * @param looksUpCheck whether one of them looks up what to ask for in {@link RouteMap#CHECKS}
 */
public record Declaration(List<String> directives, boolean looksUpCheck) {
    public Declaration {
        directives = List.copyOf(directives);
    }
}
