package io.interlock.app.acme;

import io.interlock.api.topology.AcmeChallenge;
import io.interlock.api.topology.HostName;
import io.interlock.app.config.AcmeConfig;
import io.interlock.app.config.pem.PemKeyReader;
import io.interlock.util.ErrorMessages;
import io.interlock.util.PemText;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.shredzone.acme4j.AccountBuilder;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Order;
import org.shredzone.acme4j.PollableResource;
import org.shredzone.acme4j.Problem;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.challenge.Http01Challenge;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeRateLimitedException;

/** Orders certificates from one certificate authority. Each certificate has its own key. Safe for all threads. */
final class AcmeOrderClient {

    private static final String KEY_ALGORITHM = "EC";
    private static final String CURVE = "secp256r1";
    private static final int MOST_TRIES = 200;
    private static final int BETWEEN_TRIES_MS = 50;
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(200);
    private static final Duration NETWORK_TIMEOUT = Duration.ofSeconds(20);

    private final AcmeConfig config;
    private final AcmeFolder folder;
    private final Clock clock;
    private final Duration limit;
    private @Nullable Login login;

    /**
     * @param limit how long the authority may take for each step of an order
     */
    AcmeOrderClient(AcmeConfig config, AcmeFolder folder, Clock clock, Duration limit) {
        this.config = config;
        this.folder = folder;
        this.clock = clock;
        this.limit = limit;
    }

    /** Waits until load balancers answer a challenge, for a limited time. */
    interface ChallengePropagation {
        void await(AcmeChallenge challenge) throws IOException, InterruptedException;
    }

    /**
     * Logs on, and creates an account if there is none.
     *
     * @throws IssuanceException if the authority does not answer or refuses the account
     */
    synchronized Login logOn() throws IssuanceException, IOException, InterruptedException {
        if (login == null) {
            try {
                Session session = new Session(config.directory(), new AcmeAuthorityProvider(config.authority()));
                session.networkSettings().setTimeout(NETWORK_TIMEOUT);
                AccountBuilder account =
                        new AccountBuilder().agreeToTermsOfService().useKeyPair(accountKey());
                config.email().ifPresent(account::addEmail);
                login = account.createLogin(session);
            } catch (AcmeException | RuntimeException e) {
                throw failure("the certificate authority cannot be used", e);
            }
        }
        return login;
    }

    /** Forgets the login, so that the next order logs on again. */
    synchronized void logOff() {
        login = null;
    }

    /**
     * Orders a certificate for a name.
     *
     * @return PEM text: the certificate, its chain and its key
     * @throws IssuanceException if none was issued
     */
    String issue(HostName name, ChallengePropagation answering)
            throws IssuanceException, IOException, InterruptedException {
        try {
            Order order = logOn().newOrder().domains(name.value()).create();
            for (Authorization authorization : order.getAuthorizations()) {
                if (authorization.getStatus() != Status.VALID) {
                    authorize(name, authorization, answering);
                }
            }
            KeyPair key = newKey();
            if (await(order, EnumSet.of(Status.READY, Status.VALID, Status.INVALID)) != Status.READY) {
                throw new IssuanceException("the order for " + name + " is " + order.getStatus()
                        + order.getError().map(problem -> ": " + text(problem)).orElse(""));
            }
            order.execute(key);
            if (await(order, EnumSet.of(Status.VALID, Status.INVALID)) != Status.VALID) {
                throw new IssuanceException("the order for " + name + " ended as " + order.getStatus()
                        + order.getError().map(problem -> ": " + text(problem)).orElse(""));
            }
            StringWriter pem = new StringWriter();
            order.getCertificate().writeCertificate(pem);
            return pem + PemText.block("PRIVATE KEY", key.getPrivate().getEncoded());
        } catch (AcmeException | RuntimeException e) {
            throw failure("no certificate for " + name, e);
        }
    }

    private void authorize(HostName name, Authorization authorization, ChallengePropagation answering)
            throws IssuanceException, AcmeException, IOException, InterruptedException {
        Http01Challenge asked = authorization
                .findChallenge(Http01Challenge.class)
                .orElseThrow(() ->
                        new IssuanceException("the certificate authority offers no challenge over HTTP for " + name));
        AcmeChallenge challenge = new AcmeChallenge(asked.getToken(), asked.getAuthorization());
        folder.ask(challenge);
        try {
            answering.await(challenge);
            asked.trigger();
            if (await(authorization, EnumSet.of(Status.VALID, Status.INVALID)) != Status.VALID) {
                asked.fetch();
                throw new IssuanceException("the certificate authority did not get the answer that it asked of " + name
                        + asked.getError().map(problem -> ": " + text(problem)).orElse(""));
            }
        } finally {
            folder.askNoMore(challenge.token());
        }
    }

    /**
     * Waits for a limited time. The library's own waiting relies on equal clocks: it fails where this machine's clock
     * is ahead of the authority's, and gives up at once where it is behind.
     *
     * @return one of {@code ends}, or the current status after that time
     */
    private Status await(PollableResource resource, Set<Status> ends) throws AcmeException, InterruptedException {
        long began = System.nanoTime();
        while (!ends.contains(resource.getStatus())) {
            Duration left = limit.minusNanos(System.nanoTime() - began);
            Instant now = clock.instant();
            Duration pause = resource.fetch()
                    .map(again -> Duration.between(now, again))
                    .orElse(PollableResource.DEFAULT_RETRY_AFTER);
            if (ends.contains(resource.getStatus()) || !left.isPositive()) {
                break;
            }
            Duration polite = pause.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : pause;
            Thread.sleep(polite.compareTo(left) < 0 ? polite : left);
        }
        return resource.getStatus();
    }

    private static String text(Problem problem) {
        return problem.getDetail().orElseGet(problem::toString);
    }

    private static IssuanceException failure(String what, Exception e) {
        Throwable cause = e;
        while (cause.getCause() != null && (cause.getMessage() == null || cause instanceof AcmeException)) {
            cause = cause.getCause();
        }
        String why = cause.equals(e) || e.getMessage() == null
                ? ErrorMessages.reason(cause)
                : e.getMessage() + ": " + ErrorMessages.reason(cause);
        return new IssuanceException(what + ": " + why, notBefore(e), e);
    }

    /** Finds the time in any cause: the library wraps exceptions that occur when it loads a resource lazily. */
    private static Instant notBefore(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof AcmeRateLimitedException limited) {
                return limited.getRetryAfter().orElse(Instant.EPOCH);
            }
        }
        return Instant.EPOCH;
    }

    /** Uses Java's own generator: the library would register another security provider for the whole process. */
    private static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(KEY_ALGORITHM);
            generator.initialize(new ECGenParameterSpec(CURVE));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + CURVE, e);
        }
    }

    /** The account key, shared by all that use the folder. The first of them creates it. */
    private KeyPair accountKey() throws IOException, InterruptedException, IssuanceException {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            Optional<AcmeFolder.Lock> lock = folder.lock("account");
            if (lock.isPresent()) {
                return accountKey(lock.get());
            }
            TimeUnit.MILLISECONDS.sleep(BETWEEN_TRIES_MS);
        }
        throw new IssuanceException("another Interlock has been making the account for too long");
    }

    private KeyPair accountKey(AcmeFolder.Lock lock) throws IOException, IssuanceException {
        try {
            if (Files.exists(folder.accountKey())) {
                String text = PemText.read(folder.accountKey());
                return new KeyPair(PemKeyReader.publicKey(text, KEY_ALGORITHM), PemKeyReader.privateKey(text));
            }
            KeyPair key = newKey();
            folder.write(
                    folder.accountKey(),
                    PemText.block("PUBLIC KEY", key.getPublic().getEncoded())
                            + PemText.block("PRIVATE KEY", key.getPrivate().getEncoded()));
            return key;
        } catch (GeneralSecurityException e) {
            throw new IssuanceException(folder.accountKey() + " holds " + e.getMessage(), e);
        } finally {
            lock.close();
        }
    }
}
