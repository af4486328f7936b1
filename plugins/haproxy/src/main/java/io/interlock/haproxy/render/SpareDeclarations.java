package io.interlock.haproxy.render;

import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.HostName;
import io.interlock.haproxy.model.BackendDeclaration;
import io.interlock.haproxy.model.HaproxyMap;
import io.interlock.haproxy.render.directive.HealthCheckDirectives;
import io.interlock.haproxy.render.directive.RenderSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Declarations that always get spare backends: that of a backend that asks for nothing, and those with the only common
 * check, with and without a name to ask for.
 */
final class SpareDeclarations {

    /** The directives of a backend that asks for nothing. */
    private static final List<String> USUAL = List.of("option forwardfor");

    private SpareDeclarations() {}

    static List<BackendDeclaration> of(RenderSettings settings) {
        return List.of(
                new BackendDeclaration(USUAL, false),
                checked(settings, Optional.of(new HostName("any.example.com"))),
                checked(settings, Optional.empty()));
    }

    private static BackendDeclaration checked(RenderSettings settings, Optional<HostName> host) {
        List<String> directives = new ArrayList<>(USUAL);
        directives.addAll(HealthCheckDirectives.lookedUp(
                        new HealthCheck.Http("GET", "/", host),
                        settings.layout().map(HaproxyMap.CHECKS).toString())
                .directives());
        return new BackendDeclaration(directives, true);
    }
}
