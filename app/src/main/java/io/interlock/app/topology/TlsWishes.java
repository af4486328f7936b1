package io.interlock.app.topology;

import io.interlock.api.topology.TlsVersion;
import java.util.Optional;

/**
 * What a container asks for about TLS at its names.
 *
 * @param issued whether a certificate authority is to issue certificates
 * @param certificate the id of the certificate to show
 * @param leastVersion the oldest version to speak
 */
record TlsWishes(boolean issued, Optional<Setting<String>> certificate, Optional<TlsVersion> leastVersion) {}
