package io.interlock.testsupport.engine;

import io.interlock.testsupport.process.SystemProcesses;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;

/** Key with its certificate, self-signed unless an authority is given; created by the JDK's keytool. */
public final class KeytoolCertificate {

    private static final String ALIAS = "self";
    private static final String AUTHORITY = "authority";
    private static final String PASSWORD = "changeit";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final KeyStore store;
    private final String alias;

    private KeytoolCertificate(KeyStore store, String alias) {
        this.store = store;
        this.alias = alias;
    }

    /** Creates a certificate for a server or a client at 127.0.0.1. */
    public static KeytoolCertificate selfSigned(Path folder, String name) throws IOException, GeneralSecurityException {
        return selfSigned(folder, name, "ip:127.0.0.1", 0);
    }

    /** Creates a certificate for host names, valid for two days from this many days ago. */
    public static KeytoolCertificate ofNames(Path folder, int daysAgo, String... names)
            throws IOException, GeneralSecurityException {
        String all = Arrays.stream(names).map(name -> "dns:" + name).collect(Collectors.joining(","));
        return selfSigned(folder, "c" + NUMBER.incrementAndGet(), all, daysAgo);
    }

    private static KeytoolCertificate selfSigned(Path folder, String name, String subject, int daysAgo)
            throws IOException, GeneralSecurityException {
        return generate(
                folder.resolve(name + ".p12"), ALIAS, name, "san=" + subject, "-startdate", "-" + daysAgo + "d");
    }

    /** Creates an authority of this name, for use with {@link #signedBy}. */
    static KeytoolCertificate ofAuthority(Path folder, String name) throws IOException, GeneralSecurityException {
        return generate(folder.resolve(name + ".p12"), AUTHORITY, name, "bc:c");
    }

    /**
     * Creates a certificate for a server or a client at an address, signed by the authority of this name in the folder.
     */
    static KeytoolCertificate signedBy(Path folder, String authority, String ip)
            throws IOException, GeneralSecurityException {
        String alias = "c" + NUMBER.incrementAndGet();
        return generate(folder.resolve(authority + ".p12"), alias, alias, "san=ip:" + ip, "-signer", AUTHORITY);
    }

    private static KeytoolCertificate generate(Path file, String alias, String name, String extension, String... more)
            throws IOException, GeneralSecurityException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "RSA",
                "-dname",
                "CN=" + name,
                "-ext",
                extension,
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                file.toString()));
        command.addAll(List.of(more));
        SystemProcesses.run(command.toArray(String[]::new));
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return new KeytoolCertificate(store, alias);
    }

    public String certificatePem() throws GeneralSecurityException {
        return pem("CERTIFICATE", store.getCertificate(alias).getEncoded());
    }

    /** Returns certificate and key as the content of one file. */
    public String pem() throws GeneralSecurityException {
        return certificatePem() + keyPem();
    }

    public String keyPem() throws GeneralSecurityException {
        return pem("PRIVATE KEY", store.getKey(alias, PASSWORD.toCharArray()).getEncoded());
    }

    /** Returns a source of sockets that present this certificate to any client. */
    public EngineProxy.SocketSource sockets() throws GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return () -> context.getServerSocketFactory().createServerSocket();
    }

    /** Returns a source of sockets that present this certificate and accept only clients with the other one. */
    public EngineProxy.SocketSource socketsFor(KeytoolCertificate client) throws GeneralSecurityException, IOException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(ALIAS, client.store.getCertificate(client.alias));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return () -> {
            SSLServerSocket socket =
                    (SSLServerSocket) context.getServerSocketFactory().createServerSocket();
            socket.setNeedClientAuth(true);
            return socket;
        };
    }

    private static String pem(String kind, byte[] der) {
        String base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        return "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n";
    }
}
