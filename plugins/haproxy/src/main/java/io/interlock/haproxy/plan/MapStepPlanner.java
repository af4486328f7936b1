package io.interlock.haproxy.plan;

import io.interlock.haproxy.model.DesiredConfig;
import io.interlock.haproxy.model.HostSpec;
import io.interlock.haproxy.model.MapEntry;
import io.interlock.util.SortedDiff;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Plans the steps for the lines of maps. */
final class MapStepPlanner {

    private final ProxyState served;
    private final Map<String, String> places;
    private final List<RuntimeStep> steps = new ArrayList<>();

    /**
     * @param places the future places of backends that are elsewhere now, or nowhere
     */
    MapStepPlanner(ProxyState served, Map<String, String> places) {
        this.served = served;
        this.places = places;
    }

    void plan(DesiredConfig desired) {
        Set<MapEntry.Key> before = new LinkedHashSet<>();
        Set<MapEntry.Key> after = new HashSet<>();
        for (SortedDiff.Change<HostSpec> change :
                SortedDiff.between(served.applied().hosts(), desired.hosts())) {
            change.before().ifPresent(host -> host.entries().forEach(entry -> before.add(entry.key())));
            change.after()
                    .ifPresent(host -> host.entries().forEach(entry -> {
                        after.add(entry.key());
                        bring(entry);
                    }));
        }
        before.stream()
                .filter(key -> !after.contains(key))
                .map(RuntimeStep.DeleteEntry::new)
                .forEach(steps::add);
        if (places.keySet().stream().anyMatch(backend -> served.place(backend).isPresent())) {
            // When a backend moves, the lines of unchanged hosts that lead to it change too.
            desired.hosts().stream()
                    .flatMap(host -> host.entries().stream())
                    .filter(entry -> entry.toBackend() && places.containsKey(entry.target()))
                    .filter(entry -> !after.contains(entry.key()))
                    .forEach(this::bring);
        }
    }

    List<RuntimeStep> steps() {
        return steps;
    }

    private void bring(MapEntry entry) {
        String value = entry.toBackend() ? place(entry.target()) : entry.target();
        String now = served.value(entry.key()).orElse("");
        if (now.isEmpty()) {
            steps.add(new RuntimeStep.AddEntry(entry.key(), value));
        } else if (!now.equals(value)) {
            steps.add(new RuntimeStep.SetEntry(entry.key(), value));
        }
    }

    private String place(String backend) {
        String planned = places.get(backend);
        return planned != null ? planned : served.place(backend).orElseThrow();
    }
}
