package io.interlock.app.config;

import io.interlock.app.config.pem.PemSource;
import java.net.URI;
import java.util.List;
import java.util.Locale;
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
 * @param mode whose containers are of interest
 * @param managers where other managers of the same swarm can be reached, with the same certificates; only in
 *     {@linkplain Mode#SWARM swarm mode}
 */
public record EngineConfig(
        String id,
        URI address,
        double cpus,
        long memoryMegabytes,
        List<String> labels,
        Optional<PemSource> clientCertificate,
        Optional<PemSource> clientKey,
        Optional<PemSource> ca,
        Mode mode,
        List<URI> managers) {

    /** Whose containers are of interest. */
    public enum Mode {
        /** The engine's own, and, if it manages a swarm, tasks of services that carry our labels. */
        AUTO,
        /** The engine's own alone. */
        CONTAINERS,
        /** Tasks of the swarm's services alone. */
        SWARM;

        /** As in the file. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public EngineConfig {
        labels = List.copyOf(labels);
        managers = List.copyOf(managers);
    }

    /** One of which nothing is said about swarms. */
    public EngineConfig(
            String id,
            URI address,
            double cpus,
            long memoryMegabytes,
            List<String> labels,
            Optional<PemSource> clientCertificate,
            Optional<PemSource> clientKey,
            Optional<PemSource> ca) {
        this(id, address, cpus, memoryMegabytes, labels, clientCertificate, clientKey, ca, Mode.AUTO, List.of());
    }

    /** The same at another address. */
    public EngineConfig at(URI other) {
        return new EngineConfig(
                id, other, cpus, memoryMegabytes, labels, clientCertificate, clientKey, ca, mode, managers);
    }
}
