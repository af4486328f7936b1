package io.interlock.api.topology;

/** What a load balancer is to do with a server. */
public enum ServerState {
    /** Takes requests, as far as its health checks allow. */
    READY,
    /** Finishes what it has, takes nothing new: its container is about to stop. */
    DRAINING
}
