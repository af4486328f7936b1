package io.interlock.app.acme.connection;

import io.interlock.util.PemText;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.shredzone.acme4j.connector.Connection;
import org.shredzone.acme4j.connector.NetworkSettings;
import org.shredzone.acme4j.provider.GenericAcmeProvider;

/** Provider for any certificate authority, with its own set of trusted certificates for requests to it. */
public final class AcmeAuthorityProvider extends GenericAcmeProvider {

    private final Optional<SSLContext> context;
    private final AuthorityClock clock;

    /**
     * @param authority a file with the certificates to trust; empty: those that Java trusts
     * @param clock learns the authority's time
     * @throws IOException if the file cannot be read
     */
    public AcmeAuthorityProvider(Optional<Path> authority, AuthorityClock clock) throws IOException {
        this.clock = clock;
        this.context = authority.isEmpty() ? Optional.empty() : Optional.of(trusting(authority.get()));
    }

    @Override
    public Connection connect(URI server, NetworkSettings settings, HttpClient client) {
        return new AuthorityConnection(createHttpConnector(settings, client), clock, settings.getTimeout());
    }

    @Override
    public HttpClient createHttpClient(NetworkSettings settings) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(settings.getTimeout())
                .proxy(settings.getProxySelector());
        context.ifPresent(builder::sslContext);
        return builder.build();
    }

    private static SSLContext trusting(Path authority) throws IOException {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            int number = 0;
            for (X509Certificate certificate : PemText.certificates(PemText.read(authority))) {
                trusted.setCertificateEntry("authority-" + number++, certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(authority + " holds no certificates to trust: " + e.getMessage(), e);
        }
    }
}
