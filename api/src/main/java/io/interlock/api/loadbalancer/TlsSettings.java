package io.interlock.api.loadbalancer;

import io.interlock.api.Experimental;
import io.interlock.api.topology.TlsVersion;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the operator asks of the HTTPS listener. Certificates come with the topology.
 *
 * @param port its TCP port, 1 to 65535, other than that of HTTP
 * @param publicPort the port by which clients reach it, for addresses that they are told
 * @param leastVersion the oldest version of TLS to speak
 * @param clients whether clients show certificates too; empty: they are not asked
 * @param plainHttp what becomes of requests that come without TLS
 * @param http3 whether to speak HTTP/3 at the same port of UDP, too
 * @param challenges whether certificate authorities will ask, so that requests for
 *     {@code /.well-known/acme-challenge/} are to be looked up among {@link io.interlock.api.topology.TlsMaterial#challenges},
 *     whatever becomes of plain HTTP
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

    /** What becomes of requests that come without TLS. */
    public enum PlainHttp {
        /** They are served. */
        SERVED,
        /** Clients are sent to the same address with https. */
        REDIRECTED,
        /** They are answered with status 403. */
        REFUSED
    }

    /**
     * Certificates of clients.
     *
     * @param authorities absolute path of a PEM file with the certificates of those who vouch for clients
     * @param required whether a client without one is refused in the handshake; one with a bad one always is
     */
    public record ClientCertificates(Path authorities, boolean required) {}
}
