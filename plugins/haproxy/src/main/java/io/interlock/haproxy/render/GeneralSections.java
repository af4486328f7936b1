package io.interlock.haproxy.render;

import io.interlock.haproxy.model.DesiredConfig;
import io.interlock.haproxy.render.directive.PeerSection;
import io.interlock.haproxy.render.directive.RenderSettings;
import io.interlock.haproxy.render.directive.RequestNormalization;
import java.util.List;
import java.util.stream.Stream;

/** The sections that follow the text of the template, whatever the backends. */
final class GeneralSections {

    private GeneralSections() {}

    static List<String> of(RenderSettings settings, DesiredConfig desired) {
        return Stream.of(
                        Stream.of(
                                HealthListener.section(settings),
                                PeerSection.of(settings, desired.frame().peers())),
                        settings.proxy().listeners().accessLog().stream().map(wanted -> AccessLogDirectives.section()),
                        new RequestNormalization(settings).sections().stream())
                .flatMap(sections -> sections)
                .toList();
    }
}
