package io.interlock.api.topology;

/** Whether a server takes new requests. */
public enum ServerState {
    /** Takes requests, as far as its health checks allow. */
    READY,
    /** Finishes its requests and takes no new ones: its container is about to stop. */
    DRAINING
}
