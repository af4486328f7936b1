package io.interlock.app.acme;

import io.interlock.app.acme.IssuanceException.Cause;
import io.interlock.app.acme.connection.AcmeAuthorityProvider;
import io.interlock.app.acme.connection.AuthorityClock;
import io.interlock.app.acme.record.AcmeFolder;
import io.interlock.app.config.AuthorityConfig;
import io.interlock.app.config.CertificateKeyType;
import io.interlock.app.config.pem.PemKeyReader;
import io.interlock.util.PemText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.shredzone.acme4j.AccountBuilder;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.exception.AcmeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs on to the certificate authority, with an account that all who share the folder use. Safe for all threads. */
final class AcmeAccountClient {

    private static final Logger log = LoggerFactory.getLogger("acme");

    private static final int MOST_TRIES = 200;
    private static final int BETWEEN_TRIES_MS = 50;
    private static final Duration NETWORK_TIMEOUT = Duration.ofSeconds(20);
    private static final String UNUSABLE = "the certificate authority cannot be used";

    private final AuthorityConfig config;
    private final AcmeFolder folder;
    private final Path keyFile;
    private final AuthorityClock clock;
    private @Nullable Login login;
    private boolean isDoubtful;

    AcmeAccountClient(AuthorityConfig config, AcmeFolder folder, Path keyFile, AuthorityClock clock) {
        this.config = config;
        this.folder = folder;
        this.keyFile = keyFile;
        this.clock = clock;
    }

    /**
     * Logs on, and creates an account if there is none.
     *
     * @throws IssuanceException if the authority does not answer or refuses the account
     */
    synchronized Login logOn() throws IssuanceException, IOException, InterruptedException {
        if (login == null) {
            try {
                Session session = new Session(config.directory(), new AcmeAuthorityProvider(config.trusted(), clock));
                session.networkSettings().setTimeout(NETWORK_TIMEOUT);
                session.networkSettings().setCompressionEnabled(false);
                AccountBuilder account =
                        new AccountBuilder().agreeToTermsOfService().useKeyPair(accountKey());
                config.email().ifPresent(account::addEmail);
                config.externalAccount()
                        .ifPresent(external -> account.withKeyIdentifier(external.keyId(), external.hmacKey()));
                Login created = account.createLogin(session);
                if (isDoubtful) {
                    requireValid(created);
                    isDoubtful = false;
                }
                login = created;
            } catch (AcmeException | RuntimeException e) {
                if (AcmeErrorMapper.isDeactivated(e)) {
                    throw replaceKey(e);
                }
                throw AcmeErrorMapper.failure(UNUSABLE, e);
            }
        }
        return login;
    }

    /** Forgets the login, so that the next order logs on again. */
    synchronized void logOff(boolean isAccountDoubtful) {
        login = null;
        isDoubtful |= isAccountDoubtful;
    }

    /** Asks the authority for its directory again, so that its clock is read. */
    void readClock() throws IssuanceException, IOException, InterruptedException {
        try {
            Session session = logOn().getSession();
            session.purgeDirectoryCache();
            var unused = session.getMetadata();
        } catch (AcmeException | RuntimeException e) {
            throw AcmeErrorMapper.failure(UNUSABLE, e);
        }
    }

    private void requireValid(Login created) throws IssuanceException, IOException {
        Status status = created.getAccount().getStatus();
        if (status == Status.DEACTIVATED || status == Status.REVOKED) {
            throw replaceKey(null);
        }
    }

    /** An account that was deactivated never returns: another one takes its place. */
    private IssuanceException replaceKey(@Nullable Exception cause) throws IOException {
        Path aside = keyFile.resolveSibling(keyFile.getFileName() + ".deactivated");
        Files.move(keyFile, aside, StandardCopyOption.REPLACE_EXISTING);
        log.warn("the account at the certificate authority is deactivated: its key is now {}", aside);
        String reason = UNUSABLE + ": the account is deactivated"
                + (cause == null || cause.getMessage() == null ? "" : " (" + cause.getMessage() + ")");
        return new IssuanceException(
                reason,
                Cause.ACCOUNT,
                config.externalAccount().isEmpty()
                        ? "no action is needed: the next attempt creates another account"
                        : "the next attempt creates another account; if the certificate authority refuses that, get a new"
                                + " key_id and hmac_key from it");
    }

    /** Uses Java's own generator: the library would register another security provider for the whole process. */
    static KeyPair newKey(CertificateKeyType type) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(type.algorithm());
            if (type.curve().isEmpty()) {
                generator.initialize(type.bits());
            } else {
                generator.initialize(new ECGenParameterSpec(type.curve()));
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + type, e);
        }
    }

    /** A key pair as PEM text. */
    static String pem(KeyPair key) {
        return PemText.block("PUBLIC KEY", key.getPublic().getEncoded())
                + PemText.block("PRIVATE KEY", key.getPrivate().getEncoded());
    }

    /** Reads what {@link #pem} wrote. */
    static KeyPair keyPair(String pem) throws GeneralSecurityException {
        PrivateKey key = PemKeyReader.privateKey(pem);
        return new KeyPair(PemKeyReader.publicKey(pem, key.getAlgorithm()), key);
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
        throw new IssuanceException(
                "another Interlock has been making the account for too long", Cause.INTERRUPTED, "");
    }

    private KeyPair accountKey(AcmeFolder.Lock lock) throws IOException, IssuanceException {
        try {
            if (Files.exists(keyFile)) {
                return keyPair(PemText.read(keyFile));
            }
            KeyPair key = newKey(CertificateKeyType.P256);
            folder.write(keyFile, pem(key));
            return key;
        } catch (GeneralSecurityException e) {
            throw new IssuanceException(
                    keyFile + " holds " + e.getMessage(),
                    Cause.INTERRUPTED,
                    "restore the file, or remove it: another account is created then");
        } finally {
            lock.close();
        }
    }
}
