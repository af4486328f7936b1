package io.interlock.app.services;

import io.interlock.app.config.ContainerPolicy;
import io.interlock.app.config.ContainerPolicy.PortRange;
import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.ContainerKey;
import io.interlock.app.inventory.EngineSnapshot;
import io.interlock.app.inventory.InventorySnapshot;
import io.interlock.app.inventory.NetworkLocation;
import io.interlock.app.topology.InterpretationCache;
import io.interlock.app.topology.findings.Finding;
import io.interlock.app.topology.findings.Finding.Severity;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds values in a file of a service that would keep its servers from being served, whatever the operator allows. Pure. */
final class ServiceDataValidator {

    private static final ContainerPolicy EVERYTHING = new ContainerPolicy(Optional.of(new PortRange(1, 65_535)));

    private ServiceDataValidator() {}

    /** Returns what is wrong, one text for each value. */
    static List<String> problems(ServiceFile file) {
        ContainerFacts facts = ServiceFactsMapper.facts(
                file, file.servers().getFirst(), InetAddress.getLoopbackAddress(), Instant.EPOCH);
        InventorySnapshot alone = new InventorySnapshot(Map.of(
                ContainerKey.SERVICES,
                new EngineSnapshot(
                        ContainerKey.SERVICES,
                        new EngineSnapshot.Connection.Connected(Instant.EPOCH),
                        new NetworkLocation.OnHost(),
                        Map.of(facts.key().containerId(), facts))));
        return new InterpretationCache()
                .update(alone, EVERYTHING).changed().values().stream()
                        .flatMap(Optional::stream)
                        .flatMap(container -> container.findings().stream())
                        .filter(finding -> finding.severity() == Severity.LEFT_OUT)
                        .map(ServiceDataValidator::text)
                        .toList();
    }

    private static String text(Finding finding) {
        return finding.field()
                + (finding.value().isEmpty() ? "" : " \"" + finding.value() + "\"")
                + ": "
                + finding.text().reason();
    }
}
