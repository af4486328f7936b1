package io.interlock.haproxy.plan;

import io.interlock.haproxy.model.CertificateSpec;
import io.interlock.haproxy.model.MapEntry;
import io.interlock.haproxy.model.ServerSpec;

/** One change to the running worker. */
public sealed interface RuntimeStep {

    /**
     * Step that concerns a server. A server of weight 0 gets no new requests. At a place where a cookie ties clients to
     * servers it is also put into maintenance, because HAProxy passes requests with its cookie to it otherwise.
     */
    sealed interface ServerStep extends RuntimeStep {
        /** HAProxy's name of the backend. */
        String place();

        /** The name of the server. */
        String server();
    }

    /**
     * Adds a server, which accepts requests immediately unless its weight is 0.
     *
     * @param sticky whether a cookie ties clients to the servers at the place
     */
    record AddServer(String place, ServerSpec spec, boolean sticky) implements ServerStep {

        @Override
        public String server() {
            return spec.name();
        }
    }

    /** Changes the address, port and weight of a server and puts it into service; it may have been out of service. */
    record MoveServer(String place, ServerSpec spec, boolean sticky) implements ServerStep {
        @Override
        public String server() {
            return spec.name();
        }
    }

    /** Changes the weight of a server; 0: the server finishes its requests and gets no new ones. */
    record SetServerWeight(String place, String server, int weight, boolean sticky) implements ServerStep {}

    /** Takes a server out of service, and deletes it as soon as it has no connections. */
    record RemoveServer(String place, String server) implements ServerStep {}

    /**
     * Adds an empty backend, which takes requests.
     *
     * @param defaults the section of defaults that declares it
     */
    record AddBackend(String place, String defaults) implements RuntimeStep {}

    /** Step that concerns a certificate. */
    sealed interface CertificateStep extends RuntimeStep {

        CertificateSpec certificate();
    }

    /** Adds a certificate, which clients that ask for its names get immediately. */
    record AddCertificate(CertificateSpec certificate) implements CertificateStep {}

    /** Removes a certificate: HAProxy no longer uses it and forgets it. */
    record RemoveCertificate(CertificateSpec certificate) implements CertificateStep {}

    /** Step that concerns a map. */
    sealed interface MapStep extends RuntimeStep {
        /** The line. */
        MapEntry.Key key();
    }

    /** Adds a line to a map. */
    record AddEntry(MapEntry.Key key, String value) implements MapStep {}

    /** Changes the target of a line. */
    record SetEntry(MapEntry.Key key, String value) implements MapStep {}

    /** Deletes a line from a map. */
    record DeleteEntry(MapEntry.Key key) implements MapStep {}
}
