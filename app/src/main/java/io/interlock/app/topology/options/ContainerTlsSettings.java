package io.interlock.app.topology.options;

import io.interlock.api.topology.TlsVersion;
import io.interlock.app.topology.field.FieldSetting;
import java.util.Optional;

/**
 * Settings that a container asks for about TLS at its names.
 *
 * @param issued whether a certificate authority issues its certificates
 * @param certificate the id of the certificate to show
 * @param leastVersion the oldest version of TLS to accept
 */
public record ContainerTlsSettings(
        boolean issued, Optional<FieldSetting<String>> certificate, Optional<TlsVersion> leastVersion) {

    static final ContainerTlsSettings NONE = new ContainerTlsSettings(false, Optional.empty(), Optional.empty());
}
