package io.interlock.haproxy.render;

import io.interlock.haproxy.model.DesiredConfig;
import io.interlock.haproxy.render.directive.PeerSection;
import io.interlock.haproxy.render.directive.RenderSettings;
import java.util.List;

/** The sections that follow the text of the template, whatever the backends. */
final class GeneralSections {

    private GeneralSections() {}

    static List<String> of(RenderSettings settings, DesiredConfig desired) {
        return List.of(
                HealthListener.section(settings),
                PeerSection.of(settings, desired.frame().peers()));
    }
}
