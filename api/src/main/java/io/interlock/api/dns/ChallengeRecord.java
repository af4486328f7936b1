package io.interlock.api.dns;

import io.interlock.api.Experimental;
import java.util.regex.Pattern;

/**
 * TXT record that answers a challenge of a certificate authority. Names are in lower case, without a dot at their end.
 *
 * @param zone the zone that contains the record, as its SOA record says
 * @param name the name of the record: {@code _acme-challenge.www.example.com}, or where an alias (CNAME) of that name
 *     leads to
 * @param value the value: 43 characters of base64url
 */
@Experimental
public record ChallengeRecord(String zone, String name, String value) implements Comparable<ChallengeRecord> {

    private static final int LONGEST_NAME = 253;
    private static final Pattern NAME = Pattern.compile(
            "(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\\.)*" + "[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?");
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9_-]{43}");

    /**
     * Accepts only such a record.
     *
     * @throws IllegalArgumentException if a text is no name or no value, or the name is not in the zone
     */
    public ChallengeRecord {
        requireName(zone);
        requireName(name);
        if (!name.equals(zone) && !name.endsWith("." + zone)) {
            throw new IllegalArgumentException(name + " is not in the zone " + zone);
        }
        if (!VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException("expected 43 characters of base64url");
        }
    }

    private static void requireName(String name) {
        if (name.length() > LONGEST_NAME || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "not the name of a DNS record, expected labels of lower case letters, digits, _ and -");
        }
    }

    @Override
    public int compareTo(ChallengeRecord other) {
        int byName = name.compareTo(other.name);
        return byName != 0 ? byName : value.compareTo(other.value);
    }
}
