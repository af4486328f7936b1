package io.interlock.api.loadbalancer;

import io.interlock.api.Experimental;

/** Cause of a reload. The set is small and fixed so that reloads can be counted by cause. */
@Experimental
public enum ReloadCause {
    /** The state of the proxy is unknown, for example after a restart of Interlock. */
    UNKNOWN_STATE,
    /** The state of the proxy differs from what was applied. */
    DIVERGED_STATE,
    /** A part of the proxy is damaged: a socket is missing, a worker hangs. */
    DAMAGED_PROXY,
    /** A part of the configuration changed that cannot be changed in a running proxy. */
    CONFIGURATION_CHANGED,
    /** No declared spare backend has what a backend asks for. */
    NO_SPARE_BACKEND,
    /** Few spare backends are left, and there was time to declare new ones. */
    FEW_SPARE_BACKENDS,
    /** Requests to servers that were added to a running proxy share no connections, and there was time to change that. */
    UNSHARED_CONNECTIONS,
    /** Spare backends stood for others, and there was time to give these their own names. */
    BACKEND_NAMES,
    /** What a server is told of its container changed more often than a running proxy can follow. */
    SERVER_CHANGED,
    /** A certificate is too large to be sent to a running proxy. */
    LARGE_CERTIFICATE,
    /** A change is so large that a running proxy would take longer for it than for a reload. */
    LARGE_CHANGE
}
