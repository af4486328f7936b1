package io.interlock.haproxy.model;

import java.util.List;
import java.util.stream.Stream;

/**
 * Features of HAProxy that not every version has, and the first version with each: the only place that knows. A feature that
 * {@link HaproxyVersion#MINIMUM} has is required; without one of the others the plugin takes another way.
 */
public enum HaproxyFeature {
    PORT_STAYS_OPEN("the port stays open during a reload (master-worker mode)", 1, 8),
    OTHER_SERVERS_ARE_TRIED("a request that could not be delivered is tried on another server (retry-on)", 2, 0),
    ANSWERS_OF_ITS_OWN("unknown hosts get an answer that says so (http-request return)", 2, 2),
    CHECKS_NAME_HOSTS("health checks can name a host (http-check send)", 2, 2),
    IDLE_CLIENTS_ARE_TOLD("a reload resets no idle client (option idle-close-on-response)", 2, 4),
    SERVERS_AT_RUNTIME("servers with health checks are added and deleted without a reload (add server)", 2, 6),
    RESTRICTED_HEADER_NAMES("unusual names of headers are refused (option http-restrict-req-hdr-names)", 2, 6),
    FORWARDED_HEADER("the header Forwarded is written (option forwarded)", 2, 8),
    HTTP2_OF_ADDED_SERVERS("requests to an added server share a connection in HTTP/2 (max-reuse of add server)", 3, 0),
    COUNTERS_AT_ONCE("a worker hands over its counters of clients as soon as it runs (peers)", 3, 0),
    BACKENDS_AT_RUNTIME("backends are added and deleted without a reload (add backend)", 3, 4);

    private final String purpose;
    private final int major;
    private final int minor;

    HaproxyFeature(String purpose, int major, int minor) {
        this.purpose = purpose;
        this.major = major;
        this.minor = minor;
    }

    public HaproxyVersion since() {
        return new HaproxyVersion(major, minor);
    }

    /** The required features that the version lacks; empty from {@link HaproxyVersion#MINIMUM} on. */
    public static List<HaproxyFeature> missingIn(HaproxyVersion version) {
        return Stream.of(values())
                .filter(feature -> HaproxyVersion.MINIMUM.has(feature) && !version.has(feature))
                .toList();
    }

    /** The purpose and the first version with the feature, for messages. */
    @Override
    public String toString() {
        return purpose + ", from " + since() + " on";
    }
}
