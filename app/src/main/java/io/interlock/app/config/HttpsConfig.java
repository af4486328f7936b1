package io.interlock.app.config;

import io.interlock.api.loadbalancer.TlsSettings;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Settings of HTTPS.
 *
 * @param settings the settings for load balancers
 * @param certificates the folder of the operator's certificates, absolute
 * @param acme the settings for certificates from an authority; empty: none are issued
 */
public record HttpsConfig(TlsSettings settings, Path certificates, Optional<AcmeConfig> acme) {}
