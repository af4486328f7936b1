package io.interlock.app.docker.http;

import io.interlock.app.config.EngineConfig;
import io.interlock.app.config.pem.PemKeyReader;
import io.interlock.app.config.pem.PemSource;
import io.interlock.util.ErrorMessages;
import io.interlock.util.PemText;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Creates the TLS context for connections to an engine: the trusted certificates, and Interlock's own certificate. */
public final class EngineTlsContextFactory {

    private EngineTlsContextFactory() {}

    /** Creates a context with the certificates as they are now. The user of the context verifies the engine's name. */
    public static SSLContext context(EngineConfig engine) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(identity(engine), trust(engine), null);
            return context;
        } catch (GeneralSecurityException unusable) {
            throw new IOException("TLS cannot be set up: " + ErrorMessages.reason(unusable), unusable);
        }
    }

    private static KeyManager @Nullable [] identity(EngineConfig engine) throws IOException, GeneralSecurityException {
        if (engine.clientCertificate().isEmpty() || engine.clientKey().isEmpty()) {
            return null;
        }
        List<X509Certificate> chain =
                read("ssl_cert", engine.clientCertificate().get(), PemText::certificates);
        PrivateKey key = read("ssl_key", engine.clientKey().get(), PemKeyReader::privateKey);
        // A key store needs a password. A random one is enough for a store that exists only in memory.
        char[] password = UUID.randomUUID().toString().toCharArray();
        KeyStore store = emptyStore();
        store.setKeyEntry("client", key, password, chain.toArray(X509Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, password);
        return factory.getKeyManagers();
    }

    private static TrustManager @Nullable [] trust(EngineConfig engine) throws IOException, GeneralSecurityException {
        Optional<PemSource> ca = engine.ca();
        if (ca.isEmpty()) {
            return null;
        }
        KeyStore store = emptyStore();
        int number = 0;
        for (X509Certificate certificate : read("ca_cert", ca.get(), PemText::certificates)) {
            store.setCertificateEntry("ca-" + number++, certificate);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static <T> T read(String field, PemSource source, Parser<T> parser) throws IOException {
        try {
            return parser.parse(source.read());
        } catch (IOException unreadable) {
            throw new IOException(field + " cannot be read: " + ErrorMessages.reason(unreadable), unreadable);
        } catch (GeneralSecurityException unusable) {
            throw new IOException(field + " cannot be used: it is " + unusable.getMessage(), unusable);
        }
    }

    private interface Parser<T> {
        T parse(String pem) throws GeneralSecurityException;
    }
}
