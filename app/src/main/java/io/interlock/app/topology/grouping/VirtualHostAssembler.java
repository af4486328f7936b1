package io.interlock.app.topology.grouping;

import io.interlock.api.topology.HostName;
import io.interlock.api.topology.HostTls;
import io.interlock.api.topology.TlsVersion;
import io.interlock.api.topology.VirtualHost;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Assembles the virtual hosts with the routes of each name. */
final class VirtualHostAssembler {

    private VirtualHostAssembler() {}

    /** Returns one virtual host for all names that lead to the same groups. */
    static List<VirtualHost> of(Collection<BackendGroup> all) {
        List<BackendGroup> groups =
                all.stream().filter(group -> group.scope().listen().isEmpty()).toList();
        Set<HostName> divided = new HashSet<>();
        for (BackendGroup group : groups) {
            if (!group.takesEverything()) {
                divided.addAll(group.names());
            }
        }
        List<VirtualHost> virtualHosts = new ArrayList<>(groups.size());
        Map<HostName, List<BackendGroup>> groupsByName = new LinkedHashMap<>();
        for (BackendGroup group : groups) {
            if (divided.isEmpty() || group.names().stream().noneMatch(divided::contains)) {
                virtualHosts.add(group.virtualHost());
            } else {
                group.names()
                        .forEach(name -> groupsByName
                                .computeIfAbsent(name, any -> new ArrayList<>())
                                .add(group));
            }
        }
        Map<List<BackendGroup>, List<HostName>> namesByGroups = new HashMap<>();
        groupsByName.forEach((name, its) ->
                namesByGroups.computeIfAbsent(its, any -> new ArrayList<>()).add(name));
        namesByGroups.forEach((its, names) -> virtualHosts.add(new VirtualHost(
                names,
                its.stream()
                        .sorted(Comparator.comparing(BackendGroup::oldest).thenComparing(BackendGroup::scope))
                        .flatMap(group -> group.virtualHost().routes().stream())
                        .toList(),
                tls(its))));
        return virtualHosts;
    }

    /**
     * Returns the TLS settings of names that several groups share. The certificate is that of the first group that asks
     * for one, where the group that takes everything comes before the others and these follow in the order of their
     * scopes. The highest minimum version applies. One group that asks for an issued certificate is enough.
     */
    private static HostTls tls(List<BackendGroup> groups) {
        List<HostTls> asked = groups.stream()
                .sorted(Comparator.comparing((BackendGroup group) -> !group.takesEverything())
                        .thenComparing(BackendGroup::scope))
                .map(group -> group.virtualHost().tls())
                .toList();
        boolean issued = asked.stream().anyMatch(HostTls::issued);
        Optional<String> certificate =
                asked.stream().flatMap(tls -> tls.certificate().stream()).findFirst();
        Optional<TlsVersion> least =
                asked.stream().flatMap(tls -> tls.leastVersion().stream()).max(Comparator.naturalOrder());
        return new HostTls(issued, certificate, least);
    }
}
