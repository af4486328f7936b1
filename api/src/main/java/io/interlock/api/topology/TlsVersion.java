package io.interlock.api.topology;

import io.interlock.api.Experimental;

/** Version of TLS that can be the oldest permitted one. Older versions are never used. */
@Experimental
public enum TlsVersion {
    TLS_1_2("1.2"),
    TLS_1_3("1.3");

    private final String number;

    TlsVersion(String number) {
        this.number = number;
    }

    /** Returns {@code 1.2} or {@code 1.3}. */
    public String number() {
        return number;
    }
}
