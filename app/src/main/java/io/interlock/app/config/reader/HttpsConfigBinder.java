package io.interlock.app.config.reader;

import io.interlock.api.loadbalancer.TlsSettings;
import io.interlock.api.loadbalancer.TlsSettings.ClientCertificates;
import io.interlock.app.config.AcmeConfig;
import io.interlock.app.config.HttpsConfig;
import io.interlock.app.config.key.ConfigKeys;
import io.interlock.app.config.key.ConfigSection;
import java.nio.file.Path;
import java.util.Optional;

/** Binds the section {@code tls}. HTTPS is served if the section is present. */
final class HttpsConfigBinder {

    private final Path dataDir;
    private final int httpPort;

    /**
     * @param dataDir the parent of the default folders of certificates
     * @param httpPort the port of plain HTTP
     */
    HttpsConfigBinder(Path dataDir, int httpPort) {
        this.dataDir = dataDir;
        this.httpPort = httpPort;
    }

    HttpsConfig bind(ConfigSection tls) {
        int port = tls.valueOf(ConfigKeys.TLS_PORT);
        if (port == httpPort) {
            tls.wrong(ConfigKeys.TLS_PORT, "another port than that of HTTP", String.valueOf(port));
        }
        Optional<AcmeConfig> acme = tls.get(ConfigKeys.TLS_ACME).map(new AcmeConfigBinder(dataDir)::bind);
        TlsSettings settings = new TlsSettings(
                port,
                tls.valueOf(ConfigKeys.TLS_PUBLIC_PORT),
                tls.valueOf(ConfigKeys.TLS_MIN_VERSION),
                clients(tls),
                tls.valueOf(ConfigKeys.TLS_PLAIN_HTTP),
                tls.valueOf(ConfigKeys.TLS_HTTP3),
                acme.isPresent());
        Path certificates = tls.get(ConfigKeys.TLS_CERTIFICATES_DIR).orElseGet(() -> dataDir.resolve("certificates"));
        return new HttpsConfig(settings, certificates, acme);
    }

    private static Optional<ClientCertificates> clients(ConfigSection tls) {
        boolean required = tls.valueOf(ConfigKeys.TLS_CLIENT_AUTH);
        Optional<Path> authorities = tls.get(ConfigKeys.TLS_CLIENT_CA);
        if (tls.has(ConfigKeys.TLS_CLIENT_AUTH) && !tls.has(ConfigKeys.TLS_CLIENT_CA)) {
            tls.wrong(ConfigKeys.TLS_CLIENT_AUTH, "client_ca beside it, with those who vouch for clients", "none");
        }
        return authorities.map(file -> new ClientCertificates(file, required));
    }
}
