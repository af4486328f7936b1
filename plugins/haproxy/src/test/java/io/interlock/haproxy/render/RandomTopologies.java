package io.interlock.haproxy.render;

import io.interlock.api.topology.AddressRange;
import io.interlock.api.topology.Backend;
import io.interlock.api.topology.HeaderChange;
import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.PathExpression;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.RouteCondition;
import io.interlock.api.topology.Server;
import io.interlock.api.topology.ServerState;
import io.interlock.api.topology.Topology;
import io.interlock.api.topology.VirtualHost;
import io.interlock.haproxy.render.directive.OptionRuleTable;
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

/** Random topologies that use everything that the API's grammars allow, difficult values most often. */
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
                HostName name = switch (random.nextInt(8)) {
                    case 0 -> HostName.ANY;
                    case 1, 2 -> new HostName(expression());
                    default -> hostName(true);
                };
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
        boolean plain = random.nextBoolean();
        return prefixes.stream()
                .map(prefix -> new Route(
                        prefix,
                        plain ? exactPath() : conditions(),
                        plain ? 0 : random.nextInt(-1, 2),
                        pick(backends).name()))
                .toList();
    }

    private List<RouteCondition> exactPath() {
        return random.nextInt(4) == 0 ? List.of(new RouteCondition.ExactPath(true)) : List.of();
    }

    private List<RouteCondition> conditions() {
        List<RouteCondition> conditions = new ArrayList<>(exactPath());
        for (int i = random.nextInt(3); i > 0; i--) {
            conditions.add(condition());
        }
        return conditions.stream().distinct().toList();
    }

    private PathExpression pathExpression() {
        return new PathExpression("/" + pick(List.of("[^/]+", "a{2,3}", "(a|b/[0-9]*)?", "%2F"))
                + pick(List.of("\\.php", "/.*", "\\$", "[!$]")));
    }

    private RouteCondition condition() {
        String name = text(LETTERS + DIGITS + "_.-", 1, 128);
        Optional<String> value = random.nextInt(4) == 0 ? Optional.empty() : Optional.of(value());
        return switch (random.nextInt(6)) {
            case 5 -> new RouteCondition.Path(List.of(pathExpression()));
            case 0 -> new RouteCondition.Header(name, value);
            case 1 -> new RouteCondition.Cookie(name, value);
            case 2 -> new RouteCondition.Query(name, value);
            case 3 -> new RouteCondition.Method(List.of("GET", text(LETTERS.toUpperCase(Locale.ROOT), 1, 20)));
            default -> {
                List<AddressRange> ranges = new ArrayList<>();
                for (int i = random.nextInt(70); i >= 0; i--) {
                    ranges.add(AddressRange.of(random.nextInt(256) + "." + random.nextInt(256) + ".0.0/16"));
                }
                yield new RouteCondition.Client(ranges.stream().distinct().toList());
            }
        };
    }

    /** Visible ASCII and inner blanks, most often characters with a meaning in HAProxy's language. */
    private String value() {
        StringBuilder value = new StringBuilder();
        for (int i = random.nextInt(random.nextInt(10) == 0 ? 254 : 10); i >= 0; i--) {
            value.append((char)
                    (random.nextBoolean() ? 33 + random.nextInt(94) : "'\"\\#$%{}[]".charAt(random.nextInt(10))));
        }
        return value.insert(value.length() / 2, random.nextBoolean() || value.length() < 2 ? "" : " ")
                .toString();
    }

    private String expression() {
        return "~^" + text(LETTERS + DIGITS + "_-", 1, 20)
                + pick(List.of("", "[a-z0-9]+", "[^x.-]*", "x{1,3}", "(a|b-c)?", "(a\\.b|c)", "y?", "[a-z-]{2}"))
                + pick(List.of("", "\\.", "_z*")) + "\\.com$";
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
                        pick(OptionRuleTable.allowed())));
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
                        random.nextBoolean() ? Optional.empty() : Optional.of(hostName(false)),
                        random.nextInt(3) > 0
                                ? List.of()
                                : List.of(HeaderChange.set("X-" + text(LETTERS, 1, 10), value())),
                        random.nextInt(3) > 0
                                ? HealthCheck.Statuses.USUAL
                                : new HealthCheck.Statuses(100 + random.nextInt(200), 300 + random.nextInt(300)));
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
                    Duration.ofMillis(1 + random.nextLong(random.nextBoolean() ? 10_000 : Integer.MAX_VALUE * 2L)),
                    1,
                    random.nextInt(4) == 0);
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
