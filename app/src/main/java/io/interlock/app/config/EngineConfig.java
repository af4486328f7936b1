package io.interlock.app.config;

import io.interlock.app.config.pem.PemSource;
import io.interlock.app.config.value.EngineAddressParser;
import io.interlock.app.config.value.ParsedValue;
import io.interlock.util.PrintableText;
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
 * @param cpus its number of CPUs, for statistics; more than 0
 * @param memoryMegabytes its memory in MB, as in the file, for statistics; at least 1
 * @param labels its labels, for the filter of containers, status and statistics
 * @param clientCertificate the certificate that Interlock presents to the engine, a PEM chain
 * @param clientKey its private key, PEM
 * @param ca the certificates to trust for the engine's own, PEM; empty: the JDK's trust store
 * @param mode the containers of interest
 * @param managers the addresses of other managers of the same swarm, with the same certificates; only in
 *     {@linkplain Mode#SWARM swarm mode}
 * @param network what the operator knows about its network
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
        List<URI> managers,
        EngineNetworkConfig network) {

    /** Containers of interest. */
    public enum Mode {
        /** The engine's own containers and, if it manages a swarm, the tasks of services with Interlock's labels. */
        AUTO,
        /** Only the engine's own containers. */
        CONTAINERS,
        /** Only the tasks of the swarm's services. */
        SWARM;

        /** Returns the mode as written in the file. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public EngineConfig {
        labels = List.copyOf(labels);
        managers = List.copyOf(managers);
    }

    /** Creates an engine without settings for swarms. */
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

    /** Creates an engine whose network nothing is known about. */
    public EngineConfig(
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
        this(
                id,
                address,
                cpus,
                memoryMegabytes,
                labels,
                clientCertificate,
                clientKey,
                ca,
                mode,
                managers,
                EngineNetworkConfig.NONE);
    }

    /**
     * Creates the configuration of an engine that has only an address.
     *
     * @param address as in the configuration, without certificates
     * @throws IllegalArgumentException if it is malformed
     */
    public static EngineConfig at(String address) {
        return switch (EngineAddressParser.parse(address, false)) {
            case ParsedValue.Good<URI> good ->
                new EngineConfig(
                        "local", good.value(), 1, 1, List.of(), Optional.empty(), Optional.empty(), Optional.empty());
            case ParsedValue.Bad<URI> bad ->
                throw new IllegalArgumentException("\"" + PrintableText.of(address)
                        + "\" is no engine of the configuration; expected the id of one, or "
                        + bad.expected() + bad.hint().map(hint -> "; " + hint).orElse(""));
        };
    }

    /** Returns the same engine at another address. */
    public EngineConfig at(URI other) {
        return new EngineConfig(
                id, other, cpus, memoryMegabytes, labels, clientCertificate, clientKey, ca, mode, managers, network);
    }
}
