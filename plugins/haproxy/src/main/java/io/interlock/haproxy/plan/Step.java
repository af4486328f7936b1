package io.interlock.haproxy.plan;

/** One change to the running worker. */
public sealed interface Step {

    /** A step that concerns a server. */
    sealed interface OnServer extends Step {
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
    record AddServer(String place, ServerSpec spec, ServerDefaults defaults) implements OnServer {

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
    record MoveServer(String place, ServerSpec spec) implements OnServer {
        @Override
        public String server() {
            return spec.name();
        }
    }

    /** The server's share changes; 0: it finishes what it has. */
    record WeighServer(String place, String server, int weight) implements OnServer {}

    /** The server goes out of service, and away as soon as it has no connection left. */
    record RemoveServer(String place, String server) implements OnServer {}

    /** A step that concerns a certificate. */
    sealed interface OnCertificate extends Step {

        /** Which one. */
        CertificateSpec certificate();
    }

    /** A new certificate, shown at once to those who ask for its names. */
    record AddCertificate(CertificateSpec certificate) implements OnCertificate {}

    /** The certificate is not shown any more, and forgotten. */
    record RemoveCertificate(CertificateSpec certificate) implements OnCertificate {}

    /** A step that concerns a map. */
    sealed interface OnEntry extends Step {
        /** Which line. */
        Entry.Key key();
    }

    /** A new line of a map. */
    record AddEntry(Entry.Key key, String value) implements OnEntry {}

    /** A line of a map leads elsewhere. */
    record SetEntry(Entry.Key key, String value) implements OnEntry {}

    /** A line of a map goes away. */
    record DeleteEntry(Entry.Key key) implements OnEntry {}
}
