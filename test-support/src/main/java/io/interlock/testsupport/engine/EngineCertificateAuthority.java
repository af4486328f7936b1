package io.interlock.testsupport.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/** Certificate authority of one test, which signs certificates of engines and their clients. */
public final class EngineCertificateAuthority {

    private final Path folder;
    private final String name;
    private final KeytoolCertificate own;

    private EngineCertificateAuthority(Path folder, String name, KeytoolCertificate own) {
        this.folder = folder;
        this.name = name;
        this.own = own;
    }

    /** Creates an authority, which keeps its keys in this folder. */
    public static EngineCertificateAuthority create(Path folder, String name)
            throws IOException, GeneralSecurityException {
        return new EngineCertificateAuthority(folder, name, KeytoolCertificate.ofAuthority(folder, name));
    }

    /** Writes its own certificate as {@code ca.pem}. */
    public void writeCa(Path to) throws IOException, GeneralSecurityException {
        Files.writeString(to.resolve("ca.pem"), own.certificatePem());
    }

    /** Writes a new key and its certificate for an address, as {@code key.pem} and {@code cert.pem}. */
    public void writeIdentity(Path to, String ip) throws IOException, GeneralSecurityException {
        KeytoolCertificate identity = KeytoolCertificate.signedBy(folder, name, ip);
        Files.writeString(to.resolve("cert.pem"), identity.certificatePem());
        Files.writeString(to.resolve("key.pem"), identity.keyPem());
    }
}
