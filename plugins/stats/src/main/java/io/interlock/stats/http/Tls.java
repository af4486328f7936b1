package io.interlock.stats.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** TLS from a certificate and a key in files. */
public final class Tls {

    private static final Pattern PKCS8 = Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");
    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "Ed25519");

    private Tls() {}

    /**
     * How connections are encrypted with these.
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
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("tls_cert " + certificate + " and tls_key " + key + " cannot be used: " + e, e);
        }
    }

    private static Certificate[] chain(Path file) throws IOException {
        try {
            Certificate[] chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)))
                    .toArray(Certificate[]::new);
            if (chain.length > 0) {
                return chain;
            }
        } catch (GeneralSecurityException e) {
            throw new IOException("tls_cert " + file + " is no certificate in PEM: " + e.getMessage(), e);
        }
        throw new IOException("tls_cert " + file + " has no certificate in PEM");
    }

    private static PrivateKey privateKey(Path file) throws IOException, GeneralSecurityException {
        Matcher pem = PKCS8.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        if (pem.find()) {
            PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(decoded(file, pem.group(1)));
            for (String algorithm : ALGORITHMS) {
                try {
                    return KeyFactory.getInstance(algorithm).generatePrivate(spec);
                } catch (InvalidKeySpecException e) {
                    // It is of another algorithm.
                }
            }
        }
        throw new IOException("tls_key " + file + " is no unencrypted PKCS#8 key in PEM of RSA, EC or Ed25519;"
                + " openssl pkcs8 -topk8 -nodes makes one");
    }

    private static byte[] decoded(Path file, String base64) throws IOException {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IOException("tls_key " + file + " is damaged: " + e.getMessage(), e);
        }
    }
}
