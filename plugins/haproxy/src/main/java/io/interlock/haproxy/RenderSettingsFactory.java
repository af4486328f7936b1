package io.interlock.haproxy;

import io.interlock.api.loadbalancer.ProxySettings;
import io.interlock.haproxy.files.ErrorPageReader;
import io.interlock.haproxy.files.ForwardAuthScript;
import io.interlock.haproxy.model.AuthServers;
import io.interlock.haproxy.model.HaproxyPaths;
import io.interlock.haproxy.model.HaproxyVersion;
import io.interlock.haproxy.render.directive.RenderSettings;
import io.interlock.haproxy.render.directive.TlsFrontend;
import java.time.Duration;
import java.util.Optional;

/** Derives the settings of the configuration's text from the plugin's section and the proxy's settings. */
final class RenderSettingsFactory {

    private RenderSettingsFactory() {}

    /**
     * Returns the settings for an HAProxy.
     *
     * @param runtime whether HAProxy is changed without a reload
     * @param threads of HAProxy
     */
    static RenderSettings of(
            HaproxyConfig config,
            ProxySettings proxy,
            boolean runtime,
            HaproxyVersion version,
            int threads,
            HaproxyPaths layout,
            Optional<TlsFrontend> tls) {
        return new RenderSettings(
                proxy,
                version,
                layout,
                BindAddresses.of(config.bindAddress(), proxy.port()).binds(),
                threads,
                config.connectTryTime(proxy.connectTimeout()),
                runtime ? config.spareBackends() : 0,
                runtime ? config.waitTime() : Duration.ZERO,
                config.hardStopTime(),
                tls,
                ErrorPageReader.read(proxy.listeners().errorPages()),
                BindAddresses.of(config.bindAddress(), proxy.port()).addresses(),
                config.connectionsPerClient().orElseGet(() -> RenderSettings.usualConnectionsPerClient(proxy)),
                config.maxHeaderSize(),
                config.ipv6ClientPrefix(),
                new AuthServers(
                        config.authServerAddresses(),
                        Duration.ofMillis(config.authTimeout()),
                        MachineAddresses.all(),
                        ForwardAuthScript.text()));
    }
}
