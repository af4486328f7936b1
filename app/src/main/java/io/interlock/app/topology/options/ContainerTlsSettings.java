package io.interlock.app.topology.options;

import io.interlock.api.topology.TlsVersion;
import io.interlock.app.topology.field.FieldSetting;
import java.util.Optional;

/**
 * What a container asks for about TLS at its names.
 *
 * @param issued whether a certificate authority is to issue certificates
 * @param certificate the id of the certificate to show
 * @param leastVersion the oldest version to speak
 */
public record ContainerTlsSettings(
        boolean issued, Optional<FieldSetting<String>> certificate, Optional<TlsVersion> leastVersion) {}
