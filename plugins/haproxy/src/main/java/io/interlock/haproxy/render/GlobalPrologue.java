package io.interlock.haproxy.render;

import io.interlock.haproxy.model.DesiredConfig;
import io.interlock.haproxy.render.directive.ForwardAuthDirectives;
import io.interlock.haproxy.render.directive.HaproxyQuoting;
import io.interlock.haproxy.render.directive.HeaderSpace;
import io.interlock.haproxy.render.directive.ListenerDirectives;
import io.interlock.haproxy.render.directive.PeerSection;
import io.interlock.haproxy.render.directive.RenderSettings;
import io.interlock.haproxy.render.directive.TlsFrontend;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The first lines of the configuration, whatever the template: what the plugin needs to control HAProxy. */
final class GlobalPrologue {

    /**
     * Number of reloads after which a replaced worker ends. Together with the time limit this bounds the memory of
     * bursts of reloads while long connections last: a worker takes 4 to 9 MB.
     */
    private static final int MOST_RELOADS_OUTLIVED = 200;

    private GlobalPrologue() {}

    /**
     * Returns the lines.
     *
     * @param revision what the worker returns in {@link ConfigRenderer#REVISION_VARIABLE}
     */
    static String of(RenderSettings settings, String revision, DesiredConfig desired) {
        boolean hasAccessLog = settings.proxy().listeners().accessLog().isPresent();
        return """
                # Written by Interlock; changes made here are overwritten.
                global
                    setenv %s %s
                    stats socket %s mode %s level admin expose-fd listeners
                    hard-stop-after %dms
                    mworker-max-reloads %d
                    server-state-file %s
                %s
                """.formatted(
                        ConfigRenderer.REVISION_VARIABLE,
                        revision,
                        HaproxyQuoting.quote(settings.layout().adminSocket().toString()),
                        settings.layout().socketMode(),
                        settings.hardStopAfter().toMillis(),
                        MOST_RELOADS_OUTLIVED,
                        HaproxyQuoting.quote(settings.layout().serverStates().toString()),
                        Stream.of(
                                        PeerSection.globals(desired.frame().peers()),
                                        HeaderSpace.globals(settings.maxHeaderSize(), desired.backends()),
                                        ForwardAuthDirectives.globals(desired.backends(), settings),
                                        new ListenerDirectives(settings.proxy().listeners(), settings.writesInAdvance())
                                                .globals(hasAccessLog ? AccessLogDirectives.requestLine() : 0),
                                        hasAccessLog ? AccessLogDirectives.globals() : List.<String>of(),
                                        settings.tls().map(TlsFrontend::globals).orElse(List.of()))
                                .flatMap(List::stream)
                                .map(line -> "    " + line + "\n")
                                .collect(Collectors.joining()));
    }
}
