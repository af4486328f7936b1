package io.interlock.stats;

import io.interlock.api.sink.StatsSink;
import io.interlock.api.sink.StatsSinkContext;
import io.interlock.api.sink.StatsSinkFactory;
import io.interlock.stats.graphite.GraphiteReporter;
import io.interlock.stats.http.AccessControl;
import io.interlock.stats.http.SslContextFactory;
import io.interlock.stats.http.StatsHttpServer;
import io.interlock.stats.webhook.WebhookDispatcher;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.pf4j.Extension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the statistics sink; Interlock finds this class in the plugin's jar. */
@Extension
public final class StatsFactory implements StatsSinkFactory<StatsConfig> {

    private static final Logger log = LoggerFactory.getLogger("stats");

    @Override
    public String type() {
        return "stats";
    }

    @Override
    public Class<StatsConfig> configType() {
        return StatsConfig.class;
    }

    @Override
    public Duration interval(StatsConfig config) {
        return config.snapshotInterval();
    }

    @Override
    public Set<InetSocketAddress> listeners(StatsConfig config) {
        return config.port() == 0 ? Set.of() : Set.of(config.listenAddress());
    }

    @Override
    public Set<Path> files(StatsConfig config) {
        return Stream.of(config.tlsCert(), config.tlsKey())
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
    }

    @Override
    public StatsSink create(StatsConfig config, StatsSinkContext context) throws IOException {
        InetSocketAddress address = config.listenAddress();
        Optional<SSLContext> tls = config.tlsCert().isPresent()
                ? Optional.of(SslContextFactory.of(
                        config.tlsCert().get(), config.tlsKey().orElseThrow()))
                : Optional.empty();
        StatsHttpServer listener = new StatsHttpServer(
                address,
                tls,
                access(config, address),
                StatsHttpServer.Limits.of(config.maxConnections(), config.maxConnectionsPerClient()));
        StatisticsSink sink = new StatisticsSink(
                listener,
                config.graphite()
                        .map(graphite -> (snapshots -> new GraphiteReporter(
                                context,
                                snapshots,
                                graphite.host(),
                                graphite.targetPort(),
                                graphite.prefix(),
                                graphite.imagePattern(),
                                graphite.readingInterval()))),
                new WebhookDispatcher(
                        config.webhooks().stream()
                                .map(StatsConfig.Webhook::target)
                                .toList(),
                        context.clock()));
        new StatsHttpHandlers(context, sink).serveOn(listener);
        listener.start();
        log.info(
                "statistics and dashboard are at {}://{}:{}/",
                tls.isPresent() ? "https" : "http",
                host(address),
                listener.address().getPort());
        return sink;
    }

    private static AccessControl access(StatsConfig config, InetSocketAddress address) {
        return config.user().isPresent()
                ? AccessControl.account(
                        config.user().get(), config.password().orElseThrow().reveal())
                : AccessControl.open(address.getAddress().isLoopbackAddress());
    }

    private static String host(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return host.contains(":") ? "[" + host + "]" : host;
    }
}
