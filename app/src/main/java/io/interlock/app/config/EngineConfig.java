package io.interlock.app.config;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * One Docker Engine to watch.
 *
 * @param id unique; letters, digits, {@code _ . -}
 * @param address {@code unix:///path}, {@code tcp://host:port}, {@code http://host:port} or {@code https://host:port};
 *     {@code tcp} with TLS if certificates are given
 * @param cpus how many it has, for statistics; more than 0
 * @param memoryMegabytes how much memory it has, in MB as in the file, for statistics; at least 1
 * @param labels for statistics
 * @param clientCertificate what Interlock shows the engine, a PEM chain
 * @param clientKey its private key, PEM
 * @param ca whom to trust for the engine's certificate, PEM; empty: the JDK's trust store
 */
public record EngineConfig(
        String id,
        URI address,
        double cpus,
        long memoryMegabytes,
        List<String> labels,
        Optional<PemSource> clientCertificate,
        Optional<PemSource> clientKey,
        Optional<PemSource> ca) {
    public EngineConfig {
        labels = List.copyOf(labels);
    }
}
