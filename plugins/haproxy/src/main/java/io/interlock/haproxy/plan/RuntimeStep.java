package io.interlock.haproxy.plan;

import io.interlock.haproxy.model.CertificateSpec;
import io.interlock.haproxy.model.MapEntry;
import io.interlock.haproxy.model.ServerDefaults;
import io.interlock.haproxy.model.ServerSpec;

/** One change to the running worker. */
public sealed interface RuntimeStep {

    /** A step that concerns a server. */
    sealed interface ServerStep extends RuntimeStep {
        /** The backend as HAProxy calls it. */
        String place();

        /** The server's name. */
        String server();
    }

    /**
     * A new server, which takes requests at once unless its weight is 0.
     *
     * @param defaults what it has beside, like the others of its place
     */
    record AddServer(String place, ServerSpec spec, ServerDefaults defaults) implements ServerStep {

        /** One in a place without defaults. */
        public AddServer(String place, ServerSpec spec) {
            this(place, spec, ServerDefaults.NONE);
        }

        @Override
        public String server() {
            return spec.name();
        }
    }

    /** The server is given this address, port and weight, and takes requests; it may have been out of service. */
    record MoveServer(String place, ServerSpec spec) implements ServerStep {
        @Override
        public String server() {
            return spec.name();
        }
    }

    /** The server's share changes; 0: it finishes what it has. */
    record SetServerWeight(String place, String server, int weight) implements ServerStep {}

    /** The server goes out of service, and away as soon as it has no connection left. */
    record RemoveServer(String place, String server) implements ServerStep {}

    /** A step that concerns a certificate. */
    sealed interface CertificateStep extends RuntimeStep {

        /** Which one. */
        CertificateSpec certificate();
    }

    /** A new certificate, shown at once to those who ask for its names. */
    record AddCertificate(CertificateSpec certificate) implements CertificateStep {}

    /** The certificate is not shown any more, and forgotten. */
    record RemoveCertificate(CertificateSpec certificate) implements CertificateStep {}

    /** A step that concerns a map. */
    sealed interface MapStep extends RuntimeStep {
        /** Which line. */
        MapEntry.Key key();
    }

    /** A new line of a map. */
    record AddEntry(MapEntry.Key key, String value) implements MapStep {}

    /** A line of a map leads elsewhere. */
    record SetEntry(MapEntry.Key key, String value) implements MapStep {}

    /** A line of a map goes away. */
    record DeleteEntry(MapEntry.Key key) implements MapStep {}
}
