package io.interlock.api.loadbalancer;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What the operator asks of whichever load balancer serves: the general keys of Interlock's configuration file. Every
 * value has been checked by the host; durations are positive and of whole milliseconds.
 *
 * @param port the TCP port of the HTTP listener, 1 to 65535
 * @param connectTimeout the most that connecting to a server may take
 * @param serverTimeout the longest silence of a server
 * @param clientTimeout the longest silence of a client
 * @param maxConnections client connections at one time, at least 1
 * @param syslogAddress where to log requests: {@code host:port}, {@code host} or the absolute path of a socket; empty: do
 *     not log them
 * @param configPath the proxy's configuration file, absolute
 * @param pidPath the proxy's pid file, absolute
 * @param statsCredentials who may see the proxy's statistics page; empty: nobody, on the public port
 * @param tls the HTTPS listener; empty: there is none
 * @param listeners what goes for all listeners
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

    /** Settings with nothing special about listeners. */
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

    /** Settings without an HTTPS listener. */
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
