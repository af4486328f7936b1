package io.interlock.app.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.interlock.api.loadbalancer.ProxySettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The operator's configuration, checked, with every default filled in.
 *
 * @param proxy what load balancers are asked for
 * @param engines at least one, ids unique
 * @param pluginsDir where plugin jars lie, absolute
 * @param dataDir where Interlock and its plugins keep files, absolute
 * @param https HTTPS; empty: it is not served
 * @param terms what containers may have
 * @param plugins the section of each plugin, by plugin id, as written; bound to the plugin's own type by its host
 */
public record InterlockConfig(
        ProxySettings proxy,
        List<EngineConfig> engines,
        Path pluginsDir,
        Path dataDir,
        Optional<HttpsConfig> https,
        ContainerPolicy terms,
        Map<String, ObjectNode> plugins) {
    public InterlockConfig {
        engines = List.copyOf(engines);
        plugins = Map.copyOf(plugins);
    }
}
