package io.interlock.api.loadbalancer;

import java.util.Objects;
import java.util.Optional;

/**
 * Something that the topology asked for and the load balancer left out, so that the rest could be served.
 *
 * @param backendName the backend that it was for
 * @param serverId the server's id, if it was for one server alone
 * @param field what the container calls it: {@code backend_options}, {@code check}
 * @param value the value that was asked for
 * @param reason why it was left out and what was done instead, for people; holds the proxy's own message if there is one
 */
public record Omission(String backendName, Optional<String> serverId, String field, String value, String reason) {
    public Omission {
        Objects.requireNonNull(backendName, "backendName");
        Objects.requireNonNull(serverId, "serverId");
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(reason, "reason");
    }
}
