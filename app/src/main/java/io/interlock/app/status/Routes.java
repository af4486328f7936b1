package io.interlock.app.status;

import io.interlock.api.status.Explanation.Path;
import io.interlock.app.status.RouteFinder.Match;
import java.util.List;

/** Every way that requests can take. */
public final class Routes {

    private Routes() {}

    /** By the virtual host's first name, then longest prefix first. */
    public static List<Path> of(View view) {
        Paths paths = new Paths(view, new RouteFinder(view.observed().wanted().topology()));
        return view.observed().wanted().topology().virtualHosts().stream()
                .flatMap(host -> host.routes().stream()
                        .map(route -> paths.of(new Match(host, host.hostNames().getFirst()), route)))
                .toList();
    }
}
