package io.interlock.app.topology.options;

import io.interlock.api.topology.BackendPolicy;
import io.interlock.api.topology.HealthCheck;
import io.interlock.app.topology.field.FieldSetting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Everything that a container asks for apart from names.
 *
 * @param port the container port to serve
 * @param network the name of the network in which to reach the container
 * @param weight its share of the requests; 0: none, as long as others can take them
 * @param backup whether it gets requests only while no other container can take them
 * @param healthcheck whether its HEALTHCHECK decides whether it is served
 * @param release its release number: of the containers that ask for the same route keys, those with the highest get the
 *     requests
 * @param scope which requests it is served
 * @param priority of its route over others
 * @param stripPath whether the path is removed before the container gets a request
 * @param warm whether it must answer a request before it is served
 * @param checkInterval between two health checks
 * @param check the health check of its backend
 * @param options the options of its backend; not empty if given
 * @param tls its settings for TLS at its names
 * @param policies its policies for requests; at most one of each kind
 * @param redirectAliases the status with which requests for its aliases are redirected to its own name
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

    /** Returns the policy of a kind that the container asks for. */
    public Optional<FieldSetting<BackendPolicy>> policy(Class<? extends BackendPolicy> kind) {
        return policies.stream()
                .filter(setting -> kind.isInstance(setting.value()))
                .findFirst();
    }

    /**
     * Returns the settings of a container at a name that belongs to another owner.
     *
     * @param allowedPolicies the policies that remain
     * @param shared whether it shares a backend with containers of that owner, which then decide about the backend
     */
    public ContainerSettings atNameOfOther(List<FieldSetting<BackendPolicy>> allowedPolicies, boolean shared) {
        return new ContainerSettings(
                port,
                network,
                weight,
                backup,
                healthcheck,
                release,
                scope,
                Optional.empty(),
                shared ? Optional.empty() : stripPath,
                warm,
                checkInterval,
                shared ? Optional.empty() : check,
                shared ? Optional.empty() : options,
                ContainerTlsSettings.NONE,
                allowedPolicies,
                shared ? Optional.empty() : redirectAliases);
    }
}
