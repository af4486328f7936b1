package io.interlock.app.config.reader;

import io.interlock.api.loadbalancer.ProxySettings;
import io.interlock.api.loadbalancer.TlsSettings;
import io.interlock.app.config.ContainerPolicy;
import io.interlock.app.config.ContainerPolicy.ContainerFilter;
import io.interlock.app.config.ContainerPolicy.PortRange;
import io.interlock.app.config.EngineConfig;
import io.interlock.app.config.TopologyLimits;
import io.interlock.app.config.key.ConfigKeys;
import io.interlock.app.config.key.ConfigSection;
import io.interlock.app.dialect.DialectSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Binds the operator's limits for containers. */
final class ContainerPolicyBinder {

    private final ConfigSection root;
    private final List<EngineConfig> engines;
    private final ProxySettings proxy;

    /**
     * @param engines all configured engines
     * @param proxy the settings of the listeners
     */
    ContainerPolicyBinder(ConfigSection root, List<EngineConfig> engines, ProxySettings proxy) {
        this.root = root;
        this.engines = engines;
        this.proxy = proxy;
    }

    ContainerPolicy bind() {
        Optional<PortRange> tcpPorts = root.get(ConfigKeys.TCP_PORTS);
        tcpPorts.ifPresent(this::requireNoOwnPort);
        Set<Integer> ownPorts = new TreeSet<>(Set.of(proxy.port()));
        proxy.tls().ifPresent(tls -> ownPorts.add(tls.port()));
        return new ContainerPolicy(
                tcpPorts,
                root.get(ConfigKeys.FILTER_OBJECT).map(this::filter).orElse(ContainerFilter.NONE),
                !root.valueOf(ConfigKeys.DEFAULT),
                ownPorts,
                root.get(ConfigKeys.LIMITS_OBJECT)
                        .map(ContainerPolicyBinder::limits)
                        .orElse(TopologyLimits.DEFAULT),
                new OwnershipBinder(root, tcpPorts).bind(),
                DialectSet.NONE);
    }

    private static TopologyLimits limits(ConfigSection section) {
        return new TopologyLimits(
                section.valueOf(ConfigKeys.LIMITS_NAMES_PER_CONTAINER),
                section.valueOf(ConfigKeys.LIMITS_NAMES_PER_ENGINE),
                section.valueOf(ConfigKeys.LIMITS_EXPRESSIONS),
                section.valueOf(ConfigKeys.LIMITS_PASSWORD_HASHING));
    }

    private void requireNoOwnPort(PortRange range) {
        if (range.contains(proxy.port())) {
            refuse(range, proxy.port(), "HTTP");
        } else {
            proxy.tls().map(TlsSettings::port).filter(range::contains).ifPresent(port -> refuse(range, port, "HTTPS"));
        }
    }

    private void refuse(PortRange range, int port, String protocol) {
        root.wrong(
                ConfigKeys.TCP_PORTS,
                "ports without " + port + ", at which " + protocol + " is served",
                range.toString());
    }

    private ContainerFilter filter(ConfigSection section) {
        List<String> ofEngines = section.valueOf(ConfigKeys.FILTER_ENGINE_LABELS);
        return new ContainerFilter(
                section.get(ConfigKeys.FILTER_LABEL),
                section.get(ConfigKeys.FILTER_NAME),
                ofEngines.isEmpty() ? Optional.empty() : Optional.of(enginesWith(ofEngines, section)));
    }

    private Set<String> enginesWith(List<String> labels, ConfigSection section) {
        Set<String> ids = new TreeSet<>();
        for (EngineConfig engine : engines) {
            if (engine.labels().containsAll(labels)) {
                ids.add(engine.id());
            }
        }
        if (ids.isEmpty()) {
            section.wrong(
                    ConfigKeys.FILTER_ENGINE_LABELS,
                    "labels of which an engine in $.engines has all",
                    String.join(", ", labels));
        }
        return ids;
    }
}
