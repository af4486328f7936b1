package io.interlock.app.topology;

import io.interlock.api.topology.Backend;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Server;
import io.interlock.api.topology.VirtualHost;
import io.interlock.app.pipeline.PipelineResult;
import io.interlock.app.topology.findings.Finding.Severity;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads an assembly result in the terms of tests. */
public final class AssemblyQueries {

    private AssemblyQueries() {}

    /** Every name with the addresses of its servers: {@code {www.example.com=[172.17.0.2:8080]}}. */
    static String summary(PipelineResult assembly) {
        TreeMap<String, List<String>> byName = new TreeMap<>();
        for (VirtualHost virtualHost : assembly.topology().virtualHosts()) {
            for (HostName name : virtualHost.hostNames()) {
                byName.put(
                        name.value(),
                        backend(assembly, virtualHost.routes().getFirst().backendName()).servers().stream()
                                .map(AssemblyQueries::endpoint)
                                .toList());
            }
        }
        return byName.toString();
    }

    public static List<String> names(PipelineResult assembly) {
        return assembly.topology().virtualHosts().stream()
                .flatMap(virtualHost -> virtualHost.hostNames().stream())
                .map(HostName::value)
                .sorted()
                .toList();
    }

    static Backend backend(PipelineResult assembly, String name) {
        return assembly.topology().backends().stream()
                .filter(backend -> backend.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no backend " + name + " in " + assembly));
    }

    static List<String> backendNames(PipelineResult assembly) {
        return assembly.topology().backends().stream().map(Backend::name).toList();
    }

    public static Server onlyServer(PipelineResult assembly) {
        List<Server> servers = assembly.topology().backends().stream()
                .flatMap(backend -> backend.servers().stream())
                .distinct()
                .toList();
        if (servers.size() != 1) {
            throw new AssertionError("expected one server: " + assembly);
        }
        return servers.getFirst();
    }

    static String endpoint(Server server) {
        return server.address().getHostAddress() + ":" + server.port();
    }

    /** Findings of a severity as {@code field=value: message}, line by line. */
    public static String findings(PipelineResult assembly, Severity severity) {
        return assembly.findings().stream()
                .filter(finding -> finding.severity() == severity)
                .map(finding -> finding.field() + "=" + finding.value() + ": " + finding.message())
                .collect(Collectors.joining("\n"));
    }
}
