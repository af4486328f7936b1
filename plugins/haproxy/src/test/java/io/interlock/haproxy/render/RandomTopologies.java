package io.interlock.haproxy.render;

import io.interlock.api.topology.Backend;
import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.Server;
import io.interlock.api.topology.ServerState;
import io.interlock.api.topology.Topology;
import io.interlock.api.topology.VirtualHost;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Topologies that use everything that the API's grammars allow, the ugly parts above all. */
final class RandomTopologies {

    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";
    private static final String DIGITS = "0123456789";
    private static final String URI_CHARACTERS = LETTERS + DIGITS + "._~:/?#[]@!$&()*+,;=%-";
    private static final String OPTION_CHARACTERS = "!$%&()*+,./0123456789:;<=>?@[]^_`abcxyz{|}~-";
    private static final List<String> WORDS = List.of(
            "except",
            "header",
            "if-none",
            "10.0.0.0/8",
            "10.0.0.0/33",
            "1.2.3",
            "::1",
            "::1/129",
            "fe80::%eth0",
            "X-A",
            "Host",
            "1",
            "-1",
            "0",
            "99999",
            "preserve",
            "unix@/run/docker.sock",
            "file",
            "/etc/shadow",
            "%[env(HOME)]",
            "${HOME}",
            "localhost");

    private final RandomGenerator random;

    RandomTopologies(RandomGenerator random) {
        this.random = random;
    }

    Topology next() {
        List<Backend> backends = distinct(6).stream().map(this::backend).toList();
        List<VirtualHost> hosts = new ArrayList<>();
        Set<HostName> used = new TreeSet<>();
        for (int i = random.nextInt(6); i > 0 && !backends.isEmpty(); i--) {
            Set<HostName> names = new TreeSet<>();
            for (int n = random.nextInt(3); n >= 0; n--) {
                HostName name = hostName(true);
                if (used.add(name)) {
                    names.add(name);
                }
            }
            if (!names.isEmpty()) {
                hosts.add(new VirtualHost(List.copyOf(names), routes(backends)));
            }
        }
        return new Topology(hosts, backends);
    }

    private Set<String> distinct(int most) {
        Set<String> names = new TreeSet<>();
        for (int i = random.nextInt(most); i >= 0; i--) {
            names.add(text(LETTERS + LETTERS.toUpperCase(Locale.ROOT) + DIGITS + "_-", 1, 300));
        }
        return names;
    }

    private List<Route> routes(List<Backend> backends) {
        Set<String> prefixes = new TreeSet<>();
        if (random.nextInt(3) > 0) {
            prefixes.add("/");
        }
        while (prefixes.isEmpty() || random.nextInt(3) == 0) {
            prefixes.add("/" + text(LETTERS + "._~!$&()*+,;=:@%-", 1, 100) + (random.nextBoolean() ? "" : "/x"));
        }
        return prefixes.stream()
                .map(prefix -> new Route(prefix, pick(backends).name()))
                .toList();
    }

    private Backend backend(String name) {
        List<Server> servers = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            servers.add(server(i));
        }
        List<String> options = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            options.add(option());
        }
        return new Backend(name, servers, check(), options);
    }

    private String option() {
        String name = random.nextInt(4) == 0
                ? text(OPTION_CHARACTERS, 1, 20)
                : pick(List.of(
                        "forwardfor",
                        "originalto",
                        "redispatch",
                        "http-restrict-req-hdr-names",
                        "forceclose",
                        "httpchk",
                        pick(OptionRules.allowed())));
        StringBuilder option = new StringBuilder(name);
        for (int i = random.nextInt(4); i > 0; i--) {
            option.append(' ').append(random.nextInt(4) == 0 ? text(OPTION_CHARACTERS, 1, 10) : pick(WORDS));
        }
        return option.toString();
    }

    private HealthCheck check() {
        return switch (random.nextInt(3)) {
            case 0 -> new HealthCheck.Tcp();
            case 1 ->
                new HealthCheck.Http(
                        text(LETTERS.toUpperCase(Locale.ROOT), 1, 20),
                        random.nextInt(4) == 0 ? "*" : "/" + text(URI_CHARACTERS, 0, 1023),
                        random.nextBoolean() ? Optional.empty() : Optional.of(hostName(false)));
            default -> {
                HealthCheck.Protocol.Kind kind = pick(List.of(HealthCheck.Protocol.Kind.values()));
                yield new HealthCheck.Protocol(
                        kind,
                        switch (kind) {
                            case POSTGRESQL -> Optional.of(text(LETTERS + DIGITS + "_.-", 1, 64));
                            case MYSQL ->
                                random.nextBoolean()
                                        ? Optional.empty()
                                        : Optional.of(text(LETTERS + DIGITS + "_.-", 1, 64));
                            default -> Optional.empty();
                        });
            }
        };
    }

    private Server server(int number) {
        byte[] address = new byte[random.nextBoolean() ? 4 : 16];
        random.nextBytes(address);
        address[0] = (byte) (1 + random.nextInt(200));
        try {
            return new Server(
                    "local/" + number,
                    number + text(LETTERS + DIGITS + "_.-", 0, 254),
                    InetAddress.getByAddress(address),
                    1 + random.nextInt(65535),
                    pick(List.of(ServerState.values())),
                    Duration.ofMillis(1 + random.nextLong(random.nextBoolean() ? 10_000 : Integer.MAX_VALUE * 2L)));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private HostName hostName(boolean mayBeWildcard) {
        String name = random.ints(1 + random.nextInt(4), 1, 50)
                .mapToObj(length -> pick(LETTERS) + text(LETTERS + DIGITS + "_-", 0, length) + pick(DIGITS))
                .collect(Collectors.joining("."));
        return new HostName((mayBeWildcard && random.nextInt(4) == 0 ? "*." : "") + name);
    }

    private String text(String characters, int least, int most) {
        int length = random.nextBoolean() ? most : least + random.nextInt(Math.min(most - least, 12) + 1);
        return random.ints(length, 0, characters.length())
                .mapToObj(i -> characters.substring(i, i + 1))
                .collect(Collectors.joining());
    }

    private String pick(String characters) {
        int i = random.nextInt(characters.length());
        return characters.substring(i, i + 1);
    }

    private <T> T pick(List<T> things) {
        return things.get(random.nextInt(things.size()));
    }
}
