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
import io.interlock.app.dns.DnsChallengeService;
import io.interlock.app.dns.DnsRecordEditor;
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

    private final Optional<DnsRecordEditor> providers;
    private volatile Managers managers;
    private volatile Runnable listener = () -> {};

    /** The managers for one configuration; empty without HTTPS. */
    private record Managers(Optional<CertificateManager> encryption, Optional<IssuanceManager> issuing) {

        private static final Managers NONE = new Managers(Optional.empty(), Optional.empty());

        void start(Runnable listener) {
            encryption.ifPresent(certificates -> {
                certificates.onChange(listener);
                certificates.start();
                issuing.ifPresent(orders -> orders.start(certificates::issued, certificates::hint));
            });
        }

        void close() {
            issuing.ifPresent(IssuanceManager::close);
            encryption.ifPresent(CertificateManager::close);
        }
    }

    private CertificateSelector(Managers managers, Optional<DnsRecordEditor> providers) {
        this.managers = managers;
        this.providers = providers;
    }

    /** Returns a selector without HTTPS. */
    public static CertificateSelector none() {
        return new CertificateSelector(Managers.NONE, Optional.empty());
    }

    /** Returns the selector for a configuration; nothing happens before it starts. */
    public static CertificateSelector of(InterlockConfig config, DnsRecordEditor providers) {
        return new CertificateSelector(managers(config, providers), Optional.of(providers));
    }

    private static Managers managers(InterlockConfig config, DnsRecordEditor providers) {
        if (config.https().isEmpty()) {
            return Managers.NONE;
        }
        HttpsConfig https = config.https().get();
        Clock clock = Clock.systemUTC();
        Optional<IssuanceManager> issuing = Optional.empty();
        if (https.acme().isPresent()) {
            AcmeConfig acme = https.acme().get();
            issuing = Optional.of(new IssuanceManager(
                    acme, new DnsChallengeService(providers), UUID.randomUUID().toString(), clock, System::nanoTime));
        }
        CertificateManager encryption = new CertificateManager(
                https.certificates(),
                config.dataDir().resolve("tls"),
                issuing.<CertificateManager.IssuanceSource>map(one -> one)
                        .orElse(CertificateManager.IssuanceSource.NONE),
                clock);
        return new Managers(Optional.of(encryption), issuing);
    }

    /**
     * @param listener called on any thread when {@link #select} may have another result for the same topology; must be
     *     quick
     */
    void onChange(Runnable listener) {
        this.listener = listener;
    }

    /** Loads certificates and starts to watch for changes. */
    public void start() {
        managers.start(() -> listener.run());
    }

    /** Selects for another configuration from now on, with its certificates loaded. */
    public void reconfigure(InterlockConfig config) {
        Managers former = managers;
        Managers next = providers.map(editor -> managers(config, editor)).orElse(Managers.NONE);
        next.start(() -> listener.run());
        managers = next;
        former.close();
        listener.run();
    }

    /** Returns the topology with the certificates for its names. */
    public Topology select(Topology topology) {
        Managers current = managers;
        current.issuing().ifPresent(one -> one.want(topology.virtualHosts()));
        return current.encryption().map(one -> one.addCertificates(topology)).orElse(topology);
    }

    /** Returns the status of HTTPS. */
    public TlsStatus status() {
        return managers.encryption().map(CertificateManager::status).orElse(TlsStatus.NONE);
    }

    /** Records what a load balancer serves. */
    @Override
    public void applied(String pluginId, TopologySnapshot snapshot, ApplyResult result, Duration took) {
        boolean served = result instanceof ApplyResult.Applied || result instanceof ApplyResult.Unchanged;
        if (served) {
            managers.issuing()
                    .ifPresent(one ->
                            one.answers(pluginId, snapshot.topology().tls().challenges()));
        }
    }

    /** Records that a load balancer is no longer used. */
    @Override
    public void ended(String pluginId) {
        managers.issuing().ifPresent(one -> one.ended(pluginId));
    }

    @Override
    public void close() {
        managers.close();
    }
}
