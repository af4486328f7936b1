package io.interlock.app.acme;

import io.interlock.api.topology.HostName;
import io.interlock.app.acme.IssuanceException.Cause;
import io.interlock.app.acme.connection.AuthorityClock;
import io.interlock.app.acme.record.IssuanceRecord.PendingOrder;
import io.interlock.app.config.AuthorityConfig;
import io.interlock.app.config.CertificateKeyType;
import io.interlock.app.config.pem.PemKeyReader;
import io.interlock.util.PemText;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.Certificate;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Order;
import org.shredzone.acme4j.OrderBuilder;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.exception.AcmeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes orders of certificates from one step to the next until they are finished or the authority needs more time. Each
 * certificate has its own key. Safe for all threads.
 */
final class AcmeOrderClient {

    private static final Logger log = LoggerFactory.getLogger("acme");

    private final AuthorityConfig config;
    private final CertificateKeyType keyType;
    private final AcmeAccountClient account;
    private final AuthorizationClient authorizations;
    private final ResourcePoller poller;
    private final Clock clock;
    private final AuthorityClock authority;

    AcmeOrderClient(
            AuthorityConfig config,
            CertificateKeyType keyType,
            AcmeAccountClient account,
            AuthorizationClient authorizations,
            ResourcePoller poller,
            Clock clock,
            AuthorityClock authority) {
        this.config = config;
        this.keyType = keyType;
        this.account = account;
        this.authorizations = authorizations;
        this.poller = poller;
        this.clock = clock;
        this.authority = authority;
    }

    /** The authority's time, or this machine's if it is not known. */
    Instant authorityNow() {
        return authority.now().orElseGet(clock::instant);
    }

    /** The same time by this machine's clock. */
    Instant toLocal(Instant byAuthority) {
        return byAuthority.equals(Instant.EPOCH)
                ? byAuthority
                : byAuthority.plus(Duration.between(authorityNow(), clock.instant()));
    }

    /**
     * Orders a certificate for a name, or goes on with an order.
     *
     * @param present the certificate that will be replaced
     * @return PEM text: the certificate, its chain and its key
     * @throws IssuanceException if none was issued yet
     */
    String issue(
            HostName name,
            Optional<X509Certificate> present,
            IssuanceJournal journal,
            AuthorizationClient.ChallengePropagation answering)
            throws IssuanceException, IOException, InterruptedException {
        try {
            Login login = account.logOn();
            Optional<PendingOrder> earlier = journal.pending(config.directory(), authorityNow());
            Optional<Order> resumed = earlier.isEmpty() ? Optional.empty() : resume(login, earlier.get(), journal);
            Order order;
            PendingOrder pending;
            if (resumed.isPresent()) {
                order = resumed.get();
                pending = earlier.orElseThrow();
            } else {
                journal.ordering(authorityNow(), present.map(AcmeOrderClient::lifetime));
                OrderBuilder builder = login.newOrder().domains(name.value());
                config.profile().ifPresent(builder::profile);
                order = builder.create();
                pending = new PendingOrder(
                        config.directory(),
                        URI.create(order.getLocation().toString()),
                        authorityNow(),
                        Optional.empty(),
                        Optional.empty());
                journal.save(pending);
            }
            return finish(name, order, pending, journal, answering);
        } catch (AcmeException | RuntimeException e) {
            throw AcmeErrorMapper.failure("no certificate for " + name, e);
        }
    }

    /** The order as it is now; empty if the authority does not have it any more, or it cannot be finished. */
    private static Optional<Order> resume(Login login, PendingOrder pending, IssuanceJournal journal)
            throws AcmeException, IOException {
        Order order = login.bindOrder(pending.url().toURL());
        try {
            var unused = order.fetch();
        } catch (AcmeException e) {
            if (!AcmeErrorMapper.isGone(e)) {
                throw e;
            }
            journal.drop();
            return Optional.empty();
        }
        boolean isKeyLost = pending.key().isEmpty() && order.getStatus() == Status.VALID;
        if (isKeyLost) {
            journal.drop();
            return Optional.empty();
        }
        return Optional.of(order);
    }

    private String finish(
            HostName name,
            Order order,
            PendingOrder placed,
            IssuanceJournal journal,
            AuthorizationClient.ChallengePropagation answering)
            throws IssuanceException, AcmeException, IOException, InterruptedException {
        PendingOrder pending = placed;
        if (order.getStatus() == Status.PENDING) {
            for (Authorization authorization : order.getAuthorizations()) {
                if (authorization.getStatus() != Status.VALID) {
                    pending = authorizations.authorize(name, authorization, pending, journal, answering);
                }
            }
        }
        // An authority may already be working on the certificate since an earlier attempt.
        Status status = poller.await(order, EnumSet.of(Status.READY, Status.PROCESSING, Status.VALID, Status.INVALID));
        if (status == Status.PROCESSING && pending.key().isEmpty()) {
            status = poller.await(order, EnumSet.of(Status.READY, Status.VALID, Status.INVALID));
        }
        if (status == Status.READY) {
            String key = pending.key().orElseGet(() -> AcmeAccountClient.pem(AcmeAccountClient.newKey(keyType)));
            pending = pending.withKey(key);
            journal.save(pending);
            order.execute(keyPair(key));
            status = order.getStatus();
        }
        if (status == Status.READY || status == Status.PROCESSING) {
            status = poller.await(order, EnumSet.of(Status.VALID, Status.INVALID));
        }
        if (status == Status.INVALID) {
            throw AcmeErrorMapper.failure("the order for " + name + " ended as " + status, order.getError());
        }
        if (status != Status.VALID || pending.key().isEmpty()) {
            throw new IssuanceException(
                    "the order for " + name + " is " + status + " at the certificate authority", Cause.UNFINISHED, "");
        }
        StringWriter pem = new StringWriter();
        chosen(order.getCertificate()).writeCertificate(pem);
        return certificate(name, pem.toString(), keyPair(pending.key().get()));
    }

    /** The chain that the operator prefers, if the authority offers it. */
    private Certificate chosen(Certificate usual) throws AcmeException {
        if (config.preferredChain().isEmpty()
                || usual.isIssuedBy(config.preferredChain().get())) {
            return usual;
        }
        for (Certificate other : usual.getAlternateCertificates()) {
            if (other.isIssuedBy(config.preferredChain().get())) {
                return other;
            }
        }
        log.warn(
                "the certificate authority offers no chain of the issuer {}, which preferred_chain names; its usual one is used",
                config.preferredChain().get());
        return usual;
    }

    private static String certificate(HostName name, String chain, KeyPair key) throws IssuanceException {
        try {
            if (PemKeyReader.belongTogether(
                    key.getPrivate(), PemText.certificates(chain).getFirst().getPublicKey())) {
                return chain + PemText.block("PRIVATE KEY", key.getPrivate().getEncoded());
            }
            throw new GeneralSecurityException("a certificate for another key");
        } catch (GeneralSecurityException e) {
            throw new IssuanceException(
                    "no certificate for " + name + ": the certificate authority sent " + e.getMessage(),
                    Cause.FAILED,
                    "",
                    Instant.EPOCH,
                    e);
        }
    }

    private static KeyPair keyPair(String pem) throws IssuanceException {
        try {
            return AcmeAccountClient.keyPair(pem);
        } catch (GeneralSecurityException e) {
            throw new IssuanceException("the key of an order is damaged", Cause.FAILED, "", Instant.EPOCH, e);
        }
    }

    private static Duration lifetime(X509Certificate certificate) {
        return Duration.between(
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
    }
}
