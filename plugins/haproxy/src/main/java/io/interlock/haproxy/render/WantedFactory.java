package io.interlock.haproxy.render;

import io.interlock.api.loadbalancer.Omission;
import io.interlock.api.topology.Backend;
import io.interlock.api.topology.Server;
import io.interlock.api.topology.ServerState;
import io.interlock.api.topology.Topology;
import io.interlock.api.topology.VirtualHost;
import io.interlock.haproxy.plan.BackendSpec;
import io.interlock.haproxy.plan.HostSpec;
import io.interlock.haproxy.plan.ServerSpec;
import io.interlock.haproxy.plan.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * From topologies to what HAProxy is to have. What does not change from one topology to the next is not made again: the
 * cost follows the change. Confined to one thread.
 */
public final class WantedFactory {

    /** HAProxy counts milliseconds in 31 bits. */
    private static final long LONGEST_TIME = Integer.MAX_VALUE;

    private final RenderSettings settings;
    private final Renderer renderer;
    private final Memo<VirtualHost, HostSpec> hosts = new Memo<>(HostEntries::of);
    private final Memo<Backend, BackendSpec> backends = new Memo<>(this::backend);
    private @Nullable ConfigTemplate template;
    private String frameDigest = "";

    public WantedFactory(RenderSettings settings) {
        this.settings = settings;
        this.renderer = new Renderer(settings);
    }

    /**
     * What HAProxy is to have for a topology.
     *
     * @throws TemplateException if the template does not fit the model
     */
    public Wanted of(Topology topology, ConfigTemplate template) throws TemplateException {
        List<BackendSpec> backendSpecs = backends.of(topology.backends());
        List<HostSpec> hostSpecs = hosts.of(topology.virtualHosts());
        return new Wanted(HostEntries.frame(frameDigest(template), hostSpecs), backendSpecs, hostSpecs);
    }

    private String frameDigest(ConfigTemplate template) throws TemplateException {
        if (!template.equals(this.template)) {
            frameDigest = renderer.frameDigest(template);
            this.template = template;
        }
        return frameDigest;
    }

    private BackendSpec backend(Backend backend) {
        BackendOptions options = BackendOptions.of(backend, settings.version());
        List<Omission> omissions = new ArrayList<>(options.omissions());
        List<String> directives = new ArrayList<>(options.directives());
        directives.addAll(HealthCheckDirectives.of(backend.healthCheck()));
        List<ServerSpec> servers = backend.servers().stream()
                .map(server -> server(backend, server, omissions))
                .toList();
        return new BackendSpec(backend.name(), directives, servers, omissions);
    }

    private static ServerSpec server(Backend backend, Server server, List<Omission> omissions) {
        long asked = server.checkInterval().toMillis();
        if (asked > LONGEST_TIME) {
            omissions.add(new Omission(
                    backend.name(),
                    Optional.of(server.id()),
                    "check_interval",
                    Long.toString(asked),
                    "more than HAProxy can count; " + LONGEST_TIME + " ms is used"));
        }
        return new ServerSpec(
                server.name(),
                server.address(),
                server.port(),
                Math.min(asked, LONGEST_TIME),
                server.state() == ServerState.DRAINING ? 0 : ServerSpec.FULL_WEIGHT);
    }
}
