package io.interlock.app.dns;

import io.interlock.api.dns.ChallengeRecord;
import io.interlock.app.dns.message.DnsAnswer;
import io.interlock.app.dns.message.DnsClient;
import io.interlock.app.dns.message.DnsRecordType;
import io.interlock.util.IpLiteral;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks whether all name servers of a zone show a record: the authority may ask any of them. Safe for all threads.
 */
final class RecordVisibilityChecker {

    private static final int MOST_SERVERS = 20;

    private final DnsClient client;

    RecordVisibilityChecker(DnsClient client) {
        this.client = client;
    }

    /**
     * Why the record is not visible; empty if it is.
     *
     * @param resolvers the name servers that know the zone's own
     */
    Optional<String> missingAtZone(List<InetSocketAddress> resolvers, ChallengeRecord record)
            throws InterruptedException {
        List<String> names;
        try {
            names = client.ask(resolvers, record.zone(), DnsRecordType.NS).data(record.zone(), DnsRecordType.NS);
        } catch (IOException e) {
            return Optional.of("the name servers of " + record.zone() + " are not known: " + e.getMessage());
        }
        if (names.isEmpty()) {
            return Optional.of("the zone " + record.zone() + " names no name servers");
        }
        for (String name : names.subList(0, Math.min(MOST_SERVERS, names.size()))) {
            Optional<String> missing = missingAtServer(resolvers, name, record);
            if (missing.isPresent()) {
                return missing;
            }
        }
        return Optional.empty();
    }

    /** One of a server's addresses may be out of reach, for example because this machine has no IPv6. */
    private Optional<String> missingAtServer(List<InetSocketAddress> resolvers, String server, ChallengeRecord record)
            throws InterruptedException {
        Set<InetAddress> addresses = new LinkedHashSet<>();
        List<String> failures = new ArrayList<>();
        for (DnsRecordType type : List.of(DnsRecordType.A, DnsRecordType.AAAA)) {
            try {
                client.ask(resolvers, server, type)
                        .data(type)
                        .forEach(text -> IpLiteral.parse(text).ifPresent(addresses::add));
            } catch (IOException e) {
                failures.add(String.valueOf(e.getMessage()));
            }
        }
        boolean isSeen = false;
        for (InetAddress address : addresses) {
            try {
                Optional<String> missing =
                        missingAt(new InetSocketAddress(address, NameServerList.DNS_PORT), false, record);
                if (missing.isPresent()) {
                    return missing;
                }
                isSeen = true;
            } catch (IOException e) {
                failures.add(String.valueOf(e.getMessage()));
            }
        }
        return isSeen
                ? Optional.empty()
                : Optional.of("name server " + server + " of " + record.zone()
                        + (failures.isEmpty() ? " has no address" : ": " + failures.getFirst()));
    }

    /** Why the record is not visible at these servers; empty if it is at all of them. */
    Optional<String> missingAtServers(List<InetSocketAddress> servers, ChallengeRecord record)
            throws InterruptedException {
        for (InetSocketAddress server : servers) {
            try {
                Optional<String> missing = missingAt(server, true, record);
                if (missing.isPresent()) {
                    return missing;
                }
            } catch (IOException e) {
                return Optional.of(String.valueOf(e.getMessage()));
            }
        }
        return Optional.empty();
    }

    private Optional<String> missingAt(InetSocketAddress server, boolean isRecursive, ChallengeRecord record)
            throws IOException, InterruptedException {
        DnsAnswer answer = client.ask(server, record.name(), DnsRecordType.TXT, isRecursive);
        if (answer.data(record.name(), DnsRecordType.TXT).contains(record.value())) {
            return Optional.empty();
        }
        return Optional.of("name server " + server.getHostString() + " does not show it"
                + (answer.isUsable() ? "" : ", but answers with error " + answer.code()));
    }
}
