package io.interlock.app.config;

import java.util.Optional;

/** Certificates for one engine, none of which need be there. */
record Tls(Optional<PemSource> certificate, Optional<PemSource> key, Optional<PemSource> ca) {

    static final Tls NONE = new Tls(Optional.empty(), Optional.empty(), Optional.empty());
}
