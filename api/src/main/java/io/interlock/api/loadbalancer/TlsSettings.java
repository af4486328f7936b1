package io.interlock.api.loadbalancer;

import io.interlock.api.Experimental;
import io.interlock.api.topology.TlsVersion;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The operator's settings for the HTTPS listener. Certificates come with the topology.
 *
 * @param port its TCP port, 1 to 65535, other than that of HTTP
 * @param publicPort the port at which clients reach it, for addresses in redirects
 * @param leastVersion the oldest accepted version of TLS
 * @param clients settings for client certificates; empty: clients are not asked for one
 * @param plainHttp what happens to requests without TLS
 * @param http3 whether HTTP/3 is also served, at the same port of UDP
 * @param challenges whether certificate authorities will send requests. If so, the answers to requests for
 *     {@code /.well-known/acme-challenge/} are in {@link io.interlock.api.topology.TlsMaterial#challenges}, whatever
 *     {@code plainHttp} says
 */
@Experimental
public record TlsSettings(
        int port,
        int publicPort,
        TlsVersion leastVersion,
        Optional<ClientCertificates> clients,
        PlainHttp plainHttp,
        boolean http3,
        boolean challenges) {

    /** What happens to requests without TLS. */
    public enum PlainHttp {
        /** They are served. */
        SERVED,
        /** Clients are redirected to the same address with https. */
        REDIRECTED,
        /** They are answered with status 403. */
        REFUSED
    }

    /**
     * Settings for client certificates.
     *
     * @param authorities absolute path of a PEM file with the certificates of the authorities that sign client
     *     certificates
     * @param required whether a client without a certificate is refused in the handshake; a client with an invalid one
     *     always is
     */
    public record ClientCertificates(Path authorities, boolean required) {}
}
