package io.interlock.app.config;

import io.interlock.app.config.pem.PemSource;
import java.util.Optional;

/** Certificates and key for the connection to one engine, each of which may be missing. */
public record EngineTls(Optional<PemSource> certificate, Optional<PemSource> key, Optional<PemSource> ca) {

    public static final EngineTls NONE = new EngineTls(Optional.empty(), Optional.empty(), Optional.empty());
}
