package io.interlock.app.pipeline;

import io.interlock.api.loadbalancer.ApplyResult;
import io.interlock.api.status.TlsStatus;
import io.interlock.api.topology.Topology;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.app.acme.IssuanceManager;
import io.interlock.app.certificates.CertificateManager;
import io.interlock.app.config.AcmeConfig;
import io.interlock.app.config.HttpsConfig;
import io.interlock.app.config.InterlockConfig;
import io.interlock.app.loadbalancer.LoadBalancerObserver;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Selects the certificate of each name if HTTPS is served, and requests the certificates that must be issued. Safe for
 * all threads.
 */
public final class CertificateSelector implements LoadBalancerObserver, AutoCloseable {

    /** Selector without HTTPS. */
    public static final CertificateSelector NONE = new CertificateSelector(Optional.empty(), Optional.empty());

    private final Optional<CertificateManager> encryption;
    private final Optional<IssuanceManager> issuing;

    private CertificateSelector(Optional<CertificateManager> encryption, Optional<IssuanceManager> issuing) {
        this.encryption = encryption;
        this.issuing = issuing;
    }

    /** Returns the selector for a configuration; nothing happens before it starts. */
    public static CertificateSelector of(InterlockConfig config) {
        if (config.https().isEmpty()) {
            return NONE;
        }
        HttpsConfig https = config.https().get();
        Clock clock = Clock.systemUTC();
        Optional<IssuanceManager> issuing = Optional.empty();
        if (https.acme().isPresent()) {
            AcmeConfig acme = https.acme().get();
            issuing = Optional.of(new IssuanceManager(acme, UUID.randomUUID().toString(), clock, System::nanoTime));
        }
        CertificateManager encryption = new CertificateManager(
                https.certificates(),
                config.dataDir().resolve("tls"),
                issuing.<CertificateManager.IssuanceSource>map(one -> one)
                        .orElse(CertificateManager.IssuanceSource.NONE),
                clock);
        return new CertificateSelector(Optional.of(encryption), issuing);
    }

    /**
     * @param listener called on any thread when {@link #select} may have another result for the same topology; must be
     *     quick
     */
    void onChange(Runnable listener) {
        encryption.ifPresent(one -> one.onChange(listener));
    }

    /** Loads certificates and starts to watch for changes. */
    public void start() {
        if (encryption.isPresent()) {
            CertificateManager started = encryption.get();
            started.start();
            issuing.ifPresent(one -> one.start(started::issued, started::hint));
        }
    }

    /** Returns the topology with the certificates for its names. */
    public Topology select(Topology topology) {
        issuing.ifPresent(one -> one.want(topology.virtualHosts()));
        return encryption.map(one -> one.addCertificates(topology)).orElse(topology);
    }

    /** Returns the status of HTTPS. */
    public TlsStatus status() {
        return encryption.map(CertificateManager::status).orElse(TlsStatus.NONE);
    }

    /** Records what a load balancer serves. */
    @Override
    public void applied(String pluginId, TopologySnapshot snapshot, ApplyResult result, Duration took) {
        boolean served = result instanceof ApplyResult.Applied || result instanceof ApplyResult.Unchanged;
        if (served) {
            issuing.ifPresent(
                    one -> one.answers(pluginId, snapshot.topology().tls().challenges()));
        }
    }

    /** Records that a load balancer is no longer used. */
    @Override
    public void ended(String pluginId) {
        issuing.ifPresent(one -> one.ended(pluginId));
    }

    @Override
    public void close() {
        issuing.ifPresent(IssuanceManager::close);
        encryption.ifPresent(CertificateManager::close);
    }
}
