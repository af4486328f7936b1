package io.interlock.app.status.explain;

import io.interlock.api.status.Explanation.RequestPath;
import io.interlock.app.status.StatusView;
import io.interlock.app.topology.VirtualHostFinder.Match;
import java.util.List;

/** Every way that requests can take. */
public final class RouteListing {

    private RouteListing() {}

    /** By the virtual host's first name, then longest prefix first. */
    public static List<RequestPath> of(StatusView view) {
        RequestPathResolver paths = new RequestPathResolver(
                view, new RouteFinder(view.pipeline().snapshot().topology()));
        return view.pipeline().snapshot().topology().virtualHosts().stream()
                .flatMap(host -> host.routes().stream()
                        .map(route -> paths.of(new Match(host, host.hostNames().getFirst()), route)))
                .toList();
    }
}
