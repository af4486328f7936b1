package io.interlock.haproxy.plan;

import io.interlock.haproxy.model.BackendDeclaration;
import io.interlock.haproxy.model.BackendSpec;
import io.interlock.haproxy.model.CertificateSpec;
import io.interlock.haproxy.model.DesiredConfig;
import io.interlock.haproxy.model.GlobalConfig;
import io.interlock.haproxy.model.HaproxyMap;
import io.interlock.haproxy.model.HostSpec;
import io.interlock.haproxy.model.MapEntry;
import io.interlock.haproxy.model.ServerSpec;
import io.interlock.haproxy.model.ServerTraits;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Random desired configurations with few names, so that names recur often. */
final class RandomDesiredConfigs {

    static final BackendDeclaration USUAL = new BackendDeclaration(List.of("option forwardfor"), false);
    static final BackendDeclaration CHECKED =
            new BackendDeclaration(List.of("option forwardfor", "option httpchk"), true);
    private static final BackendDeclaration OWN = new BackendDeclaration(List.of("option httpclose"), false);
    private static final int NAMES = 6;

    private final RandomGenerator random;

    RandomDesiredConfigs(RandomGenerator random) {
        this.random = random;
    }

    DesiredConfig next() {
        List<BackendSpec> backends = new ArrayList<>();
        for (int i = 0; i < NAMES; i++) {
            if (random.nextInt(3) > 0) {
                backends.add(backend("b" + i));
            }
        }
        List<HostSpec> hosts = new ArrayList<>();
        for (int i = 0; i < NAMES && !backends.isEmpty(); i++) {
            if (random.nextInt(3) > 0) {
                hosts.add(host(i, backends));
            }
        }
        boolean paths = hosts.stream().anyMatch(host -> host.entries().size() > 1);
        return new DesiredConfig(
                new GlobalConfig("frame", List.of(), paths, true, false, List.of(), List.of(), Optional.empty()),
                backends,
                hosts,
                certificates());
    }

    private List<CertificateSpec> certificates() {
        List<CertificateSpec> certificates = new ArrayList<>();
        for (int i = 0; i < NAMES; i++) {
            if (random.nextBoolean()) {
                String path = "/certificates/c" + i + ".pem";
                certificates.add(new CertificateSpec("c" + i, path, path, 1000, "", List.of("h" + i)));
            }
        }
        return certificates;
    }

    private BackendSpec backend(String name) {
        BackendDeclaration declaration = switch (random.nextInt(12)) {
            case 0 -> OWN;
            case 1, 2, 3 -> CHECKED;
            default -> USUAL;
        };
        Optional<String> check = declaration.looksUpCheck() ? Optional.of("/" + random.nextInt(2)) : Optional.empty();
        return new BackendSpec(name, declaration.directives(), check, servers(), List.of());
    }

    private List<ServerSpec> servers() {
        List<ServerSpec> servers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            if (random.nextBoolean()) {
                servers.add(new ServerSpec(
                        "s" + i,
                        address(),
                        80 + random.nextInt(8) / 7,
                        // Now and then another container of that name.
                        1 + i + 10 * (random.nextInt(8) / 7),
                        random.nextInt(4) == 0 ? 0 : 1,
                        new ServerTraits(random.nextInt(10) == 0 ? 1000 : 5000)));
            }
        }
        return servers;
    }

    private InetAddress address() {
        try {
            return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) (1 + random.nextInt(8) / 7)});
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private HostSpec host(int number, List<BackendSpec> backends) {
        String name = "h" + number + ".com";
        MapEntry.Key key = new MapEntry.Key(HaproxyMap.HOSTS, name);
        String backend = backends.get(random.nextInt(backends.size())).name();
        if (random.nextInt(4) > 0) {
            return new HostSpec(name, List.of(new MapEntry(key, backend, true)));
        }
        return new HostSpec(
                name,
                List.of(
                        new MapEntry(key, "@" + name, false),
                        new MapEntry(new MapEntry.Key(HaproxyMap.PATHS, "@" + name + "/"), backend, true)));
    }
}
