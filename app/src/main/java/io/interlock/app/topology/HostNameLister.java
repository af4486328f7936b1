package io.interlock.app.topology;

import io.interlock.api.topology.HostName;
import io.interlock.app.config.ownership.ImageLabelMode;
import io.interlock.app.dialect.DialectSet;
import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.topology.field.ContainerData;
import io.interlock.app.topology.field.ContainerLimits;
import io.interlock.app.topology.field.FindingCollector;
import io.interlock.app.topology.options.AliasCounter;
import io.interlock.app.topology.options.ContainerDataReader;
import io.interlock.app.topology.options.HostNameReader;
import java.util.List;
import java.util.Map;

/** Lists the host names that a container asks for, whether or not it can be served. */
public final class HostNameLister {

    private HostNameLister() {}

    /**
     * Returns the names, sorted and without duplicates. If the data cannot be read, these are the names that the
     * container was started with.
     */
    public static List<HostName> of(ContainerFacts facts, DialectSet dialects) {
        FindingCollector unused = new FindingCollector(facts);
        ContainerData data = ContainerDataReader.read(facts, ImageLabelMode.ALL, dialects, unused)
                .orElseGet(() -> new ContainerData(true, Map.of()));
        AliasCounter aliases = new AliasCounter(ContainerLimits.ALIASES);
        return data.parts().values().stream()
                .flatMap(part -> HostNameReader.read(facts, part, aliases, unused).all().stream())
                .sorted()
                .distinct()
                .toList();
    }
}
