package io.interlock.api.topology;

import io.interlock.api.Experimental;

/** The versions of TLS that may be asked for as the least one. Older ones are not spoken at all. */
@Experimental
public enum TlsVersion {
    TLS_1_2("1.2"),
    TLS_1_3("1.3");

    private final String number;

    TlsVersion(String number) {
        this.number = number;
    }

    /** {@code 1.2} or {@code 1.3}. */
    public String number() {
        return number;
    }
}
