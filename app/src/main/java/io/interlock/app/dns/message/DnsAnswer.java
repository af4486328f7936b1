package io.interlock.app.dns.message;

import java.util.List;
import java.util.Optional;

/**
 * Answer of a name server.
 *
 * @param code the response code; 0: no error, 3: there is no such name
 * @param isTruncated whether the answer is incomplete
 * @param answers the records of the answer section that Interlock can read
 * @param authority those of the authority section
 */
public record DnsAnswer(int code, boolean isTruncated, List<Entry> answers, List<Entry> authority) {

    private static final int NO_ERROR = 0;
    private static final int NO_SUCH_NAME = 3;

    public DnsAnswer {
        answers = List.copyOf(answers);
        authority = List.copyOf(authority);
    }

    /**
     * Resource record.
     *
     * @param name its name in lower case, without a dot at its end
     * @param type its type
     * @param ttl how long it may be kept, in seconds
     * @param data the name that it leads to, the text, or the IP address; of an SOA record the first name server
     */
    public record Entry(String name, DnsRecordType type, long ttl, String data) {}

    /** Whether the server knows what it says: the name exists, or does not exist. */
    public boolean isUsable() {
        return code == NO_ERROR || code == NO_SUCH_NAME;
    }

    /** The data of the records of a name in the answer. */
    public List<String> data(String name, DnsRecordType type) {
        return answers.stream()
                .filter(entry -> entry.type() == type && entry.name().equals(name))
                .map(Entry::data)
                .toList();
    }

    /** The data of all records of a type in the answer, whatever aliases led to them. */
    public List<String> data(DnsRecordType type) {
        return answers.stream()
                .filter(entry -> entry.type() == type)
                .map(Entry::data)
                .toList();
    }

    /** The zone that contains a name, if the answer says so. */
    public Optional<String> zoneOf(String name) {
        if (answers.stream()
                .anyMatch(entry ->
                        entry.type() == DnsRecordType.SOA && entry.name().equals(name))) {
            return Optional.of(name);
        }
        boolean isAlias = answers.stream().anyMatch(entry -> entry.type() == DnsRecordType.CNAME);
        // Behind an alias the authority is that of another name.
        return authority.stream()
                .filter(entry -> !isAlias && entry.type() == DnsRecordType.SOA)
                .map(Entry::name)
                .filter(zone -> name.equals(zone) || name.endsWith("." + zone))
                .findFirst();
    }
}
