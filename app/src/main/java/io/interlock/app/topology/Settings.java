package io.interlock.app.topology;

import io.interlock.api.topology.HealthCheck;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a container asks for apart from names.
 *
 * @param port the container port to serve
 * @param warm whether it is to answer a request before it is served
 * @param checkInterval between two health checks
 * @param check how its backend is to be checked
 * @param options what its backend is to have as options; not empty if given
 * @param tls what it asks for about TLS at its names
 */
record Settings(
        OptionalInt port,
        boolean warm,
        Duration checkInterval,
        Optional<Setting<HealthCheck>> check,
        Optional<Setting<List<String>>> options,
        TlsWishes tls) {}
