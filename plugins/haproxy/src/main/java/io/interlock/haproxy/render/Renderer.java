package io.interlock.haproxy.render;

import io.interlock.api.loadbalancer.Omission;
import io.interlock.api.loadbalancer.ProxySettings;
import io.interlock.api.topology.Backend;
import io.interlock.api.topology.Server;
import io.interlock.api.topology.ServerState;
import io.interlock.api.topology.Topology;
import java.net.Inet6Address;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Renders a topology. Pure: the same topology, settings and template give the same bytes. The configuration starts with a
 * prologue of the plugin's own, whatever the template: through it the plugin drives HAProxy and proves what it serves.
 */
public final class Renderer {

    /** The environment variable in which a worker of HAProxy tells the {@link Rendered#revision()} that it serves. */
    public static final String REVISION_VARIABLE = "INTERLOCK_REVISION";

    /**
     * How many reloads a replaced worker may outlive. Together with the time limit this bounds the memory that bursts of
     * reloads take while long connections last: a worker takes 4 to 9 MB.
     */
    private static final int MOST_RELOADS_OUTLIVED = 50;

    /** HAProxy counts milliseconds in 31 bits. */
    private static final long LONGEST_TIME = Integer.MAX_VALUE;

    private static final int REVISION_DIGITS = 16;

    private final RenderSettings settings;

    public Renderer(RenderSettings settings) {
        this.settings = settings;
    }

    /**
     * @throws TemplateException if the template does not fit the model
     */
    public Rendered render(Topology topology, ConfigTemplate template) throws TemplateException {
        MapFiles maps = MapFiles.of(topology);
        List<Omission> omissions = new ArrayList<>();
        String filled = template.fill(model(topology, maps, omissions));
        String body = filled.endsWith("\n") ? filled : filled + "\n";
        SortedMap<Path, String> mapTexts = maps.texts(settings.layout());
        String revision = revision(prologue("") + body, mapTexts);
        return new Rendered(revision, prologue(revision) + body, mapTexts, omissions);
    }

    private String prologue(String revision) {
        return """
                # Written by Interlock; changes made here are overwritten.
                global
                    setenv %s %s
                    stats socket %s mode 600 level admin expose-fd listeners
                    hard-stop-after %dms
                    mworker-max-reloads %d

                """.formatted(
                        REVISION_VARIABLE,
                        revision,
                        Word.quote(settings.layout().adminSocket().toString()),
                        settings.hardStopAfter().toMillis(),
                        MOST_RELOADS_OUTLIVED);
    }

    private TemplateModel model(Topology topology, MapFiles maps, List<Omission> omissions) {
        Layout layout = settings.layout();
        ProxySettings proxy = settings.proxy();
        return new TemplateModel(
                settings.binds(),
                proxy.maxConnections(),
                settings.threads(),
                proxy.connectTimeout().toMillis(),
                proxy.serverTimeout().toMillis(),
                proxy.clientTimeout().toMillis(),
                proxy.syslogAddress().map(TemplateModel.Syslog::new).stream().toList(),
                proxy
                        .statsCredentials()
                        .map(account -> new TemplateModel.Stats(account.user(), account.password()))
                        .stream()
                        .toList(),
                layout.hostsMap().toString(),
                layout.wildcardsMap().toString(),
                maps.wildcardDepths(),
                layout.pathsMap().toString(),
                maps.hasPaths(),
                topology.backends().stream()
                        .map(backend -> backend(backend, omissions))
                        .toList());
    }

    private TemplateModel.BackendModel backend(Backend backend, List<Omission> omissions) {
        BackendOptions options = BackendOptions.of(backend, settings.version());
        omissions.addAll(options.omissions());
        List<String> directives = new ArrayList<>(options.directives());
        directives.addAll(HealthCheckDirectives.of(backend.healthCheck()));
        return new TemplateModel.BackendModel(
                backend.name(),
                directives,
                backend.servers().stream()
                        .map(server -> server(backend, server, omissions))
                        .toList());
    }

    private static TemplateModel.ServerModel server(Backend backend, Server server, List<Omission> omissions) {
        long asked = server.checkInterval().toMillis();
        if (asked > LONGEST_TIME) {
            omissions.add(new Omission(
                    backend.name(),
                    Optional.of(server.id()),
                    "check_interval",
                    Long.toString(asked),
                    "more than HAProxy can count; " + LONGEST_TIME + " ms is used"));
        }
        return new TemplateModel.ServerModel(
                server.name(), address(server), Math.min(asked, LONGEST_TIME), server.state() == ServerState.DRAINING);
    }

    private static String address(Server server) {
        String host = server.address().getHostAddress();
        return (server.address() instanceof Inet6Address ? "[" + host + "]" : host) + ":" + server.port();
    }

    private static String revision(String config, SortedMap<Path, String> maps) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
        digest.update(config.getBytes(StandardCharsets.UTF_8));
        maps.forEach((path, text) -> digest.update((path + "\0" + text + "\0").getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest()).substring(0, REVISION_DIGITS);
    }
}
