package io.interlock.stats.http;

import io.interlock.util.ErrorMessages;
import io.interlock.util.PemText;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Creates TLS contexts from a certificate and a key in files. */
public final class SslContextFactory {

    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");

    private static final int MAX_SESSIONS = 64;

    private SslContextFactory() {}

    /**
     * Creates the context for connections with this certificate and key.
     *
     * @param certificate PEM, the server's first
     * @param key PKCS#8 in PEM, not encrypted
     * @throws IOException if they cannot be read or used; the message names the file and what was expected
     */
    public static SSLContext of(Path certificate, Path key) throws IOException {
        char[] inMemoryOnly = {};
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("listener", privateKey(key), inMemoryOnly, chain(certificate));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, inMemoryOnly);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            // The default keeps 20,480 sessions of whoever asks for one.
            context.getServerSessionContext().setSessionCacheSize(MAX_SESSIONS);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    "tls_cert " + certificate + " and tls_key " + key + " cannot be used: " + ErrorMessages.reason(e),
                    e);
        }
    }

    private static Certificate[] chain(Path file) throws IOException {
        try {
            return PemText.certificates(PemText.read(file)).toArray(X509Certificate[]::new);
        } catch (GeneralSecurityException e) {
            throw new IOException("tls_cert " + file + " is " + e.getMessage(), e);
        }
    }

    private static PrivateKey privateKey(Path file) throws IOException, GeneralSecurityException {
        String text = PemText.read(file);
        PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(PemText.first(text, "PRIVATE KEY"::equals)
                .orElseThrow(() -> notUsable(file, PemText.without("PRIVATE KEY", text)))
                .der());
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException e) {
                // The key is of another algorithm.
            }
        }
        throw notUsable(file, "a damaged key, or one of another kind");
    }

    private static IOException notUsable(Path file, String found) {
        return new IOException("tls_key " + file + " is no unencrypted PKCS#8 key in PEM of RSA, EC or EdDSA, but "
                + found + "; openssl pkcs8 -topk8 -nodes makes one");
    }
}
