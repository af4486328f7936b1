package io.interlock.app.topology.options;

import io.interlock.api.topology.BackendPolicy;
import io.interlock.api.topology.HealthCheck;
import io.interlock.app.topology.field.FieldSetting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a container asks for apart from names.
 *
 * @param port the container port to serve
 * @param network the name of the network to reach it in
 * @param weight its share of the requests; 0: none, as long as others can take them
 * @param backup whether it gets requests only while no other container can
 * @param healthcheck whether its HEALTHCHECK decides whether it is served
 * @param release which release of what is served it is: the highest among those that claim the same gets the requests
 * @param scope of which requests it is served
 * @param priority of its route over others
 * @param stripPath whether that is taken away before it gets a request
 * @param warm whether it is to answer a request before it is served
 * @param checkInterval between two health checks
 * @param check how its backend is to be checked
 * @param options what its backend is to have as options; not empty if given
 * @param tls what it asks for about TLS at its names
 * @param policies what is to happen to requests; at most one of each kind
 * @param redirectAliases with what status requests for its aliases are redirected to its own name
 */
public record ContainerSettings(
        OptionalInt port,
        Optional<String> network,
        int weight,
        boolean backup,
        boolean healthcheck,
        int release,
        RouteScope scope,
        Optional<FieldSetting<Integer>> priority,
        Optional<FieldSetting<Boolean>> stripPath,
        boolean warm,
        Duration checkInterval,
        Optional<FieldSetting<HealthCheck>> check,
        Optional<FieldSetting<List<String>>> options,
        ContainerTlsSettings tls,
        List<FieldSetting<BackendPolicy>> policies,
        Optional<FieldSetting<Integer>> redirectAliases) {

    /** What it asks for of a kind. */
    public Optional<FieldSetting<BackendPolicy>> policy(Class<? extends BackendPolicy> kind) {
        return policies.stream()
                .filter(setting -> kind.isInstance(setting.value()))
                .findFirst();
    }
}
