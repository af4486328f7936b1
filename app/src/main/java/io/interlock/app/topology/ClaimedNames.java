package io.interlock.app.topology;

import io.interlock.api.topology.HostName;
import io.interlock.app.inventory.ContainerFacts;
import java.util.List;
import java.util.Map;

/** Which host names a container claims, whether or not it can be served. */
public final class ClaimedNames {

    private ClaimedNames() {}

    /** Sorted, without doubles. Where its data cannot be read, the names that it was started with. */
    public static List<HostName> of(ContainerFacts facts) {
        Findings unused = new Findings(facts);
        ContainerData data = DataReader.read(facts, unused).orElseGet(() -> new ContainerData(true, Map.of()));
        AliasCounter aliases = new AliasCounter();
        return data.parts().values().stream()
                .flatMap(part -> NameReader.read(facts, part, aliases, unused).all().stream())
                .sorted()
                .distinct()
                .toList();
    }
}
