package io.interlock.app.dns;

import io.interlock.api.dns.ChallengeRecord;
import io.interlock.api.topology.HostName;
import io.interlock.app.dns.message.DnsAnswer;
import io.interlock.app.dns.message.DnsClient;
import io.interlock.app.dns.message.DnsRecordType;
import io.interlock.util.ErrorMessages;
import io.interlock.util.PrintableText;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/** Finds out where the record of a challenge must be: follows aliases, and finds the zone. Safe for all threads. */
final class ChallengeRecordLocator {

    private static final String PREFIX = "_acme-challenge.";
    private static final int MOST_ALIASES = 8;
    private static final String ADVICE =
            "check the aliases (CNAME) of the name, or set \"servers\" of the entry in \"dns\" of the configuration";

    private final DnsClient client;

    ChallengeRecordLocator(DnsClient client) {
        this.client = client;
    }

    /**
     * The record with which a challenge for a name is answered.
     *
     * @param servers the name servers to ask
     * @throws DnsChallengeException if the name servers do not say where it must be
     */
    ChallengeRecord locate(List<InetSocketAddress> servers, HostName host, String value)
            throws DnsChallengeException, InterruptedException {
        String asked = PREFIX + host.domain();
        try {
            String name = behindAliases(servers, asked);
            return new ChallengeRecord(zone(servers, name), name, value);
        } catch (IOException | IllegalArgumentException e) {
            throw new DnsChallengeException(
                    "the zone of " + asked + " cannot be found: " + ErrorMessages.reason(e), ADVICE);
        }
    }

    private String behindAliases(List<InetSocketAddress> servers, String asked)
            throws IOException, InterruptedException {
        String name = asked;
        for (int i = 0; i <= MOST_ALIASES; i++) {
            List<String> targets =
                    client.ask(servers, name, DnsRecordType.CNAME).data(name, DnsRecordType.CNAME);
            if (targets.isEmpty()) {
                return name;
            }
            name = targets.getFirst();
        }
        throw new IOException("more than " + MOST_ALIASES + " aliases (CNAME) follow each other, the last leads to "
                + PrintableText.of(name));
    }

    private String zone(List<InetSocketAddress> servers, String name) throws IOException, InterruptedException {
        for (String candidate = name; candidate.contains("."); candidate = parent(candidate)) {
            DnsAnswer answer = client.ask(servers, candidate, DnsRecordType.SOA);
            Optional<String> zone = answer.zoneOf(candidate);
            if (zone.isPresent()) {
                return zone.get();
            }
        }
        throw new IOException("no name server names a zone (SOA) of " + PrintableText.of(name));
    }

    private static String parent(String name) {
        return name.substring(name.indexOf('.') + 1);
    }
}
