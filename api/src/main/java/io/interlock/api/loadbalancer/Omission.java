package io.interlock.api.loadbalancer;

import java.util.Objects;
import java.util.Optional;

/**
 * Part of a topology that the load balancer left out so that it could serve the rest.
 *
 * @param backendName the backend that lacks the part
 * @param serverId the id of the server; empty if the omission concerns the whole backend
 * @param field the name that containers use for it: {@code backend_options}, {@code check}
 * @param value the requested value
 * @param reason why it was left out and what was done instead, for people; contains the proxy's own message if there is
 *     one
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
