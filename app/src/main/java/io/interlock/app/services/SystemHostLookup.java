package io.interlock.app.services;

import io.interlock.app.dns.NameServerList;
import io.interlock.app.dns.message.DnsAnswer;
import io.interlock.app.dns.message.DnsClient;
import io.interlock.app.dns.message.DnsRecordType;
import io.interlock.util.IpLiteral;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Looks names up in the hosts file, then at name servers. The JDK's resolver tells no time to live. The name
 * {@code host.docker.internal} also stands for the machine whose containers Interlock serves if nobody else knows it.
 */
final class SystemHostLookup implements HostLookup {

    static final String ENGINE_HOST = "host.docker.internal";

    private static final Path HOSTS = Path.of("/etc/hosts");
    private static final Duration TTL_OF_FILE = Duration.ofSeconds(30);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(2);
    private static final int MOST_ALIASES = 16;
    private static final long MOST_LINES = 100_000;

    private final Path hosts;
    private final List<InetSocketAddress> nameServers;
    private final Supplier<Optional<InetAddress>> engineHost;
    private final DnsClient client = new DnsClient(ANSWER_LIMIT);

    /**
     * @param nameServers whom to ask; empty: those of this machine, and its search domains
     * @param engineHost where the engine's host is, as seen from here
     */
    SystemHostLookup(List<InetSocketAddress> nameServers, Supplier<Optional<InetAddress>> engineHost) {
        this(HOSTS, nameServers, engineHost);
    }

    SystemHostLookup(Path hosts, List<InetSocketAddress> nameServers, Supplier<Optional<InetAddress>> engineHost) {
        this.hosts = hosts;
        this.nameServers = List.copyOf(nameServers);
        this.engineHost = engineHost;
    }

    @Override
    public ResolvedHost lookup(String host) throws IOException, InterruptedException {
        List<InetAddress> written = ofFile(host);
        if (!written.isEmpty()) {
            return new ResolvedHost(written, TTL_OF_FILE);
        }
        try {
            return ofNameServers(host);
        } catch (IOException e) {
            Optional<InetAddress> known = host.equals(ENGINE_HOST) ? engineHost.get() : Optional.empty();
            return new ResolvedHost(List.of(known.orElseThrow(() -> e)), TTL_OF_FILE);
        }
    }

    private List<InetAddress> ofFile(String host) {
        try (Stream<String> lines = Files.lines(hosts, StandardCharsets.ISO_8859_1)) {
            return lines.limit(MOST_LINES)
                    .map(line -> line.replaceFirst("#.*", "").strip().split("\\s+"))
                    .filter(words -> Arrays.stream(words).skip(1).anyMatch(host::equalsIgnoreCase))
                    .flatMap(words -> IpLiteral.parse(words[0]).stream())
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }

    private ResolvedHost ofNameServers(String host) throws IOException, InterruptedException {
        List<InetSocketAddress> servers = nameServers.isEmpty() ? NameServerList.ofSystem() : nameServers;
        for (String name : candidates(host)) {
            List<InetAddress> addresses = new ArrayList<>();
            long ttl = Long.MAX_VALUE;
            // If one of the questions has no answer, it is not known which addresses the name has.
            for (DnsRecordType type : List.of(DnsRecordType.A, DnsRecordType.AAAA)) {
                ttl = Math.min(ttl, add(client.ask(servers, name, type), name, type, addresses));
            }
            if (!addresses.isEmpty()) {
                return new ResolvedHost(addresses, Duration.ofSeconds(ttl));
            }
        }
        throw new IOException("the name servers know no address of it");
    }

    /** A name without a dot is searched in the domains of this machine first, as resolv.conf(5) says. */
    private List<String> candidates(String host) {
        List<String> domains = nameServers.isEmpty() ? NameServerList.searchDomains() : List.of();
        List<String> candidates = new ArrayList<>();
        domains.forEach(domain -> candidates.add(host + "." + domain.replaceFirst("\\.$", "")));
        candidates.removeIf(name -> name.endsWith("."));
        candidates.add(host.indexOf('.') < 0 ? candidates.size() : 0, host);
        return candidates;
    }

    /** Adds the addresses at the end of the aliases of a name; returns how long they may be kept, in seconds. */
    private static long add(DnsAnswer answer, String name, DnsRecordType type, List<InetAddress> addresses) {
        String current = name;
        long ttl = Long.MAX_VALUE;
        for (int i = 0; i < MOST_ALIASES; i++) {
            String at = current;
            List<DnsAnswer.Entry> found = answer.answers().stream()
                    .filter(entry -> entry.name().equals(at))
                    .toList();
            List<DnsAnswer.Entry> ends =
                    found.stream().filter(entry -> entry.type() == type).toList();
            Optional<DnsAnswer.Entry> alias = found.stream()
                    .filter(entry -> entry.type() == DnsRecordType.CNAME)
                    .findFirst();
            if (ends.isEmpty() && alias.isPresent()) {
                ttl = Math.min(ttl, alias.get().ttl());
                current = alias.get().data();
                continue;
            }
            for (DnsAnswer.Entry end : ends) {
                ttl = Math.min(ttl, end.ttl());
                IpLiteral.parse(end.data()).ifPresent(addresses::add);
            }
            break;
        }
        return ttl;
    }
}
