package io.interlock.app.config;

import io.interlock.api.loadbalancer.ProxySettings;
import io.interlock.app.config.accesslog.AccessLogConfig;
import io.interlock.app.inventory.ContainerKey;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The operator's configuration, checked and with all defaults.
 *
 * @param proxy the settings for load balancers
 * @param engines at least one, ids unique
 * @param pluginsDir folder of the plugin jars, absolute
 * @param dataDir folder of the files of Interlock and its plugins, absolute
 * @param https settings of HTTPS; empty: HTTPS is not served
 * @param unknownEngineLimit longest time for which the containers of an engine that does not answer stay as an earlier
 *     controller knew them; empty: until it answers
 * @param containerPolicy the operator's limits for containers
 * @param dialects names of the dialects that are on, with Interlock's own, in the operator's order
 * @param accessLog where requests are logged
 * @param plugins the settings of plugins
 * @param servicesDir folder of the files of services, absolute; empty: there are none
 * @param servicesResolvers name servers for host names in those files; empty: those of this machine
 */
public record InterlockConfig(
        ProxySettings proxy,
        List<EngineConfig> engines,
        Path pluginsDir,
        Path dataDir,
        Optional<HttpsConfig> https,
        Optional<Duration> unknownEngineLimit,
        ContainerPolicy containerPolicy,
        List<String> dialects,
        List<AccessLogConfig> accessLog,
        PluginSources plugins,
        Optional<Path> servicesDir,
        List<InetSocketAddress> servicesResolvers) {
    public InterlockConfig {
        engines = List.copyOf(engines);
        dialects = List.copyOf(dialects);
        accessLog = List.copyOf(accessLog);
        servicesResolvers = List.copyOf(servicesResolvers);
        plugins = plugins.with(dialects);
    }

    /** Returns the ids of all engines, with the one that stands for services if there is a folder of them. */
    public List<String> engineIds() {
        return Stream.concat(
                        engines.stream().map(EngineConfig::id),
                        servicesDir.stream().map(any -> ContainerKey.SERVICES))
                .toList();
    }

    /** Returns the engines with their addresses, for people. */
    public List<String> addresses() {
        return engines.stream()
                .map(engine -> engine.id() + " at " + engine.address())
                .toList();
    }

    /** Returns the same configuration for other engines. */
    public InterlockConfig of(List<EngineConfig> others) {
        return new InterlockConfig(
                proxy,
                others,
                pluginsDir,
                dataDir,
                https,
                unknownEngineLimit,
                containerPolicy,
                dialects,
                accessLog,
                plugins,
                servicesDir,
                servicesResolvers);
    }

    /** Returns the same configuration with other dialects. */
    public InterlockConfig with(List<String> others) {
        return new InterlockConfig(
                proxy,
                engines,
                pluginsDir,
                dataDir,
                https,
                unknownEngineLimit,
                containerPolicy,
                others,
                accessLog,
                plugins,
                servicesDir,
                servicesResolvers);
    }

    /** The types of the DNS providers that certificates need. */
    public Set<String> dnsProviders() {
        return https.flatMap(HttpsConfig::acme).stream()
                .flatMap(acme -> acme.dns().stream())
                .map(DnsChallengeConfig::provider)
                .collect(Collectors.toUnmodifiableSet());
    }
}
