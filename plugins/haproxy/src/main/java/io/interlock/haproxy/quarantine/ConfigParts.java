package io.interlock.haproxy.quarantine;

import io.interlock.haproxy.model.BackendSpec;
import io.interlock.haproxy.model.CertificateSpec;
import io.interlock.haproxy.model.DesiredConfig;
import io.interlock.haproxy.model.HostSpec;
import io.interlock.haproxy.model.MapEntry;
import io.interlock.haproxy.model.ServerSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Splits a configuration into parts, and composes it without some of them. */
public final class ConfigParts {

    /** No backend name starts with this. */
    private static final String NOWHERE = "@";

    private ConfigParts() {}

    /** All parts: for each backend the backend, its servers, its directives; then the certificates. */
    public static List<ConfigPart> of(DesiredConfig desired) {
        List<ConfigPart> parts = new ArrayList<>();
        desired.backends().forEach(backend -> parts.addAll(of(backend)));
        desired.certificates().forEach(each -> parts.add(new ConfigPart.ListedCertificate(each.path())));
        return parts;
    }

    private static List<ConfigPart> of(BackendSpec backend) {
        List<ConfigPart> parts = new ArrayList<>();
        parts.add(new ConfigPart.WholeBackend(backend.name()));
        for (ServerSpec server : backend.servers()) {
            parts.add(new ConfigPart.Server(backend.name(), server.name()));
        }
        backend.directives().stream()
                .map(line -> ConfigPart.ofDirective(backend.name(), line))
                .distinct()
                .filter(part -> !(part instanceof ConfigPart.WholeBackend))
                .forEach(parts::add);
        return parts;
    }

    /** The configuration without the parts, and without everything that leads to excluded backends. */
    public static DesiredConfig without(DesiredConfig desired, Set<ConfigPart> left) {
        if (left.isEmpty()) {
            return desired;
        }
        Set<String> touched = new HashSet<>();
        left.forEach(part -> touched.add(part.backend()));
        Set<String> gone = new HashSet<>();
        List<BackendSpec> backends = new ArrayList<>();
        for (BackendSpec backend : desired.backends()) {
            if (!touched.contains(backend.name())) {
                backends.add(backend);
            } else if (left.contains(new ConfigPart.WholeBackend(backend.name()))) {
                gone.add(backend.name());
            } else {
                backends.add(without(backend, left));
            }
        }
        List<CertificateSpec> certificates = desired.certificates().stream()
                .filter(each -> !left.contains(new ConfigPart.ListedCertificate(each.path())))
                .toList();
        if (gone.isEmpty()) {
            return new DesiredConfig(desired.frame(), backends, desired.hosts(), certificates);
        }
        List<HostSpec> hosts = hosts(desired.hosts(), gone);
        return new DesiredConfig(desired.frame().with(hosts), backends, hosts, certificates);
    }

    private static BackendSpec without(BackendSpec backend, Set<ConfigPart> left) {
        List<String> directives = backend.directives().stream()
                .filter(line -> !left.contains(ConfigPart.ofDirective(backend.name(), line)))
                .toList();
        List<ServerSpec> servers = backend.servers().stream()
                .filter(server -> !left.contains(new ConfigPart.Server(backend.name(), server.name())))
                .toList();
        Optional<String> check = backend.check().filter(asked -> !left.contains(new ConfigPart.Check(backend.name())));
        return new BackendSpec(backend.name(), directives, check, servers, backend.omissions(), backend.sections());
    }

    private static List<HostSpec> hosts(List<HostSpec> hosts, Set<String> gone) {
        List<HostSpec> rest = new ArrayList<>();
        for (HostSpec host : hosts) {
            if (host.entries().stream().noneMatch(entry -> leadsTo(entry, gone))) {
                rest.add(host);
            } else if (host.entries().stream().anyMatch(entry -> entry.toBackend() && !leadsTo(entry, gone))) {
                rest.add(without(host, gone));
            }
        }
        return rest;
    }

    /**
     * The host without the excluded backends. Requests for their routes must not go to another route, which may lack
     * their protection.
     */
    private static HostSpec without(HostSpec host, Set<String> gone) {
        return new HostSpec(
                host.name(),
                host.entries().stream()
                        .map(entry -> leadsTo(entry, gone) ? new MapEntry(entry.key(), NOWHERE, false) : entry)
                        .toList(),
                host.expressions(),
                host.rules().stream()
                        .filter(rule -> !gone.contains(rule.backend()))
                        .toList(),
                host.port());
    }

    private static boolean leadsTo(MapEntry entry, Set<String> backends) {
        return entry.toBackend() && backends.contains(entry.target());
    }
}
