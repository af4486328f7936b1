package io.interlock.app.inventory;

/** What the host of Interlock's process shows about the way to an address of a container. */
public enum RouteEvidence {
    /** Nobody could tell. */
    UNKNOWN,
    /** The route leaves through the interface that this host has in the container's network. */
    INTERFACE,
    /** A route other than the default one leads there; it is not known whether it belongs to the container's network. */
    ROUTE,
    /** The configuration of the engine says that the address is routed to this host, or it is a loopback address. */
    CONFIGURED,
    /** This host has no interface in the container's network. */
    NO_INTERFACE,
    /** This host has the interface of the container's network, but its route to the address leaves elsewhere. */
    NO_ADDRESS,
    /** At most the default route leads there, behind which anybody may have the address. */
    NO_ROUTE,
    /** The address is one of this host's own. */
    OWN_ADDRESS
}
