package io.interlock.api.loadbalancer;

import io.interlock.api.Experimental;

/** Causes of a reload: a fixed few, so that they can be counted. */
@Experimental
public enum ReloadCause {
    /** It is not known what the proxy serves, for example after a restart of Interlock. */
    UNKNOWN_STATE,
    /** The proxy differs from what it was told. */
    DIVERGED_STATE,
    /** Something of the proxy is damaged: a socket is missing, a worker hangs. */
    DAMAGED_PROXY,
    /** A part of the configuration has changed that a running proxy cannot be told. */
    CONFIGURATION_CHANGED,
    /** No spare backend is declared for what a backend asks. */
    NO_SPARE_BACKEND,
    /** Few spare backends are left; there was time to declare new ones. */
    FEW_SPARE_BACKENDS,
    /** The check interval of a server has changed more often than a running proxy can follow. */
    CHECK_INTERVAL_CHANGED,
    /** A certificate is too large to be told to a running proxy. */
    LARGE_CERTIFICATE
}
