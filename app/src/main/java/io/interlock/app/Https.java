package io.interlock.app;

import io.interlock.api.loadbalancer.ApplyResult;
import io.interlock.api.status.TlsStatus;
import io.interlock.api.topology.Topology;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.app.acme.Issuing;
import io.interlock.app.config.AcmeConfig;
import io.interlock.app.config.HttpsConfig;
import io.interlock.app.config.InterlockConfig;
import io.interlock.app.tls.Encryption;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/** Everything that HTTPS needs, if it is served. Safe for all threads. */
final class Https implements AutoCloseable {

    /** There is no HTTPS. */
    static final Https NONE = new Https(Optional.empty(), Optional.empty());

    private final Optional<Encryption> encryption;
    private final Optional<Issuing> issuing;

    private Https(Optional<Encryption> encryption, Optional<Issuing> issuing) {
        this.encryption = encryption;
        this.issuing = issuing;
    }

    /**
     * @param changed is told when topologies are to be made anew
     * @throws IOException if a folder cannot be made
     */
    static Https of(InterlockConfig config, Runnable changed) throws IOException {
        if (config.https().isEmpty()) {
            return NONE;
        }
        HttpsConfig https = config.https().get();
        Clock clock = Clock.systemUTC();
        Optional<Issuing> issuing = Optional.empty();
        if (https.acme().isPresent()) {
            AcmeConfig acme = https.acme().get();
            issuing = Optional.of(new Issuing(acme, UUID.randomUUID().toString(), clock));
        }
        Encryption encryption = new Encryption(
                https.certificates(),
                config.dataDir().resolve("tls"),
                issuing.<Encryption.Issuances>map(one -> one).orElse(Encryption.Issuances.NONE),
                clock,
                changed);
        return new Https(Optional.of(encryption), issuing);
    }

    /** Looks for certificates, and goes on looking. */
    void start() throws IOException {
        if (encryption.isPresent()) {
            Encryption started = encryption.get();
            started.start();
            issuing.ifPresent(one -> one.start(started::issued, started::hint));
        }
    }

    /** The same topology with the certificates for its names. */
    Topology encrypt(Topology topology) {
        issuing.ifPresent(one -> one.want(topology.virtualHosts()));
        return encryption.map(one -> one.encrypt(topology)).orElse(topology);
    }

    /** How certificates are. */
    TlsStatus status() {
        return encryption.map(Encryption::status).orElse(TlsStatus.NONE);
    }

    /** Notes what a load balancer serves. */
    void applied(String lane, TopologySnapshot snapshot, ApplyResult result) {
        boolean served = result instanceof ApplyResult.Applied || result instanceof ApplyResult.Unchanged;
        if (served) {
            issuing.ifPresent(one -> one.answers(lane, snapshot.topology().tls().challenges()));
        }
    }

    /** Notes that a load balancer is not used any more. */
    void ended(String lane) {
        issuing.ifPresent(one -> one.ended(lane));
    }

    @Override
    public void close() {
        issuing.ifPresent(Issuing::close);
        encryption.ifPresent(Encryption::close);
    }
}
