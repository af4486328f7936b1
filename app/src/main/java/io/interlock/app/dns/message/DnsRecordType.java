package io.interlock.app.dns.message;

import java.util.Optional;
import java.util.stream.Stream;

/** Type of a resource record. */
public enum DnsRecordType {
    A(1),
    NS(2),
    CNAME(5),
    SOA(6),
    TXT(16),
    AAAA(28);

    private final int number;

    DnsRecordType(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static Optional<DnsRecordType> of(int number) {
        return Stream.of(values()).filter(type -> type.number == number).findFirst();
    }
}
