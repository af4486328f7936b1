package io.interlock.haproxy.model;

import java.util.List;
import java.util.stream.Stream;

/** Features of HAProxy that the plugin requires. */
public enum RequiredFeature {
    PORT_STAYS_OPEN("the port stays open during a reload (master-worker mode)", 1, 8),
    OTHER_SERVERS_ARE_TRIED("a request that could not be delivered is tried on another server (retry-on)", 2, 0),
    ANSWERS_OF_ITS_OWN("unknown hosts get an answer that says so (http-request return)", 2, 2),
    CHECKS_NAME_HOSTS("health checks can name a host (http-check send)", 2, 2),
    IDLE_CLIENTS_ARE_TOLD("a reload resets no idle client (option idle-close-on-response)", 2, 4);

    private final String purpose;
    private final int major;
    private final int minor;

    RequiredFeature(String purpose, int major, int minor) {
        this.purpose = purpose;
        this.major = major;
        this.minor = minor;
    }

    private HaproxyVersion since() {
        return new HaproxyVersion(major, minor);
    }

    /** The features that the version lacks; empty from {@link HaproxyVersion#MINIMUM} on. */
    public static List<RequiredFeature> missingIn(HaproxyVersion version) {
        return Stream.of(values())
                .filter(need -> !version.isAtLeast(need.since()))
                .toList();
    }

    /** The purpose and the first version with the feature, for messages. */
    @Override
    public String toString() {
        return purpose + ", from " + since() + " on";
    }
}
