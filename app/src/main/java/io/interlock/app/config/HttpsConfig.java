package io.interlock.app.config;

import io.interlock.api.loadbalancer.TlsSettings;
import java.nio.file.Path;
import java.util.Optional;

/**
 * HTTPS.
 *
 * @param settings what load balancers are asked for
 * @param certificates the folder of the operator's certificates, absolute
 * @param acme how further ones are got; empty: not at all
 */
public record HttpsConfig(TlsSettings settings, Path certificates, Optional<AcmeConfig> acme) {}
