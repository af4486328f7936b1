package io.interlock.api.loadbalancer;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The operator's settings for every load balancer: the general keys of Interlock's configuration file. The host has
 * checked every value; durations are positive and of whole milliseconds.
 *
 * @param port the TCP port of the HTTP listener, 1 to 65535
 * @param connectTimeout maximum time to connect to a server
 * @param serverTimeout maximum inactivity of a server
 * @param clientTimeout maximum inactivity of a client
 * @param maxConnections maximum number of simultaneous client connections, at least 1
 * @param syslogAddress destination of the log of requests: {@code host:port}, {@code host} or the absolute path of a
 *     socket; empty: requests are not logged
 * @param configPath absolute path of the proxy's configuration file
 * @param pidPath absolute path of the proxy's pid file
 * @param statsCredentials credentials for the proxy's statistics page on the public port; empty: the page is not
 *     available there
 * @param tls the HTTPS listener; empty: there is none
 * @param listeners settings for all listeners
 */
public record ProxySettings(
        int port,
        Duration connectTimeout,
        Duration serverTimeout,
        Duration clientTimeout,
        int maxConnections,
        Optional<String> syslogAddress,
        Path configPath,
        Path pidPath,
        Optional<Credentials> statsCredentials,
        Optional<TlsSettings> tls,
        ListenerSettings listeners) {

    /** Creates settings with the defaults for listeners. */
    public ProxySettings(
            int port,
            Duration connectTimeout,
            Duration serverTimeout,
            Duration clientTimeout,
            int maxConnections,
            Optional<String> syslogAddress,
            Path configPath,
            Path pidPath,
            Optional<Credentials> statsCredentials,
            Optional<TlsSettings> tls) {
        this(
                port,
                connectTimeout,
                serverTimeout,
                clientTimeout,
                maxConnections,
                syslogAddress,
                configPath,
                pidPath,
                statsCredentials,
                tls,
                ListenerSettings.DEFAULT);
    }

    /** Creates settings without an HTTPS listener. */
    public ProxySettings(
            int port,
            Duration connectTimeout,
            Duration serverTimeout,
            Duration clientTimeout,
            int maxConnections,
            Optional<String> syslogAddress,
            Path configPath,
            Path pidPath,
            Optional<Credentials> statsCredentials) {
        this(
                port,
                connectTimeout,
                serverTimeout,
                clientTimeout,
                maxConnections,
                syslogAddress,
                configPath,
                pidPath,
                statsCredentials,
                Optional.empty());
    }
}
