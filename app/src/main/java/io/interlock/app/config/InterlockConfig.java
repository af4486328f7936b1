package io.interlock.app.config;

import io.interlock.api.loadbalancer.ProxySettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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
 * @param plugins the settings of plugins
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
        PluginSources plugins) {
    public InterlockConfig {
        engines = List.copyOf(engines);
        dialects = List.copyOf(dialects);
        plugins = plugins.with(dialects);
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
                proxy, others, pluginsDir, dataDir, https, unknownEngineLimit, containerPolicy, dialects, plugins);
    }

    /** Returns the same configuration with other dialects. */
    public InterlockConfig with(List<String> others) {
        return new InterlockConfig(
                proxy, engines, pluginsDir, dataDir, https, unknownEngineLimit, containerPolicy, others, plugins);
    }

    /** The types of the DNS providers that certificates need. */
    public Set<String> dnsProviders() {
        return https.flatMap(HttpsConfig::acme).stream()
                .flatMap(acme -> acme.dns().stream())
                .map(DnsChallengeConfig::provider)
                .collect(Collectors.toUnmodifiableSet());
    }
}
