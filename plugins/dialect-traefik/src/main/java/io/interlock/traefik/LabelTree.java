package io.interlock.traefik;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Labels {@code traefik.PROTOCOL.KIND.NAME.OPTION}, by these parts, and the others. */
final class LabelTree {

    static final String PREFIX = "traefik.";
    private static final int PARTS = 5;

    private final Map<String, Map<String, LabelSection>> sections = new TreeMap<>();
    private final LabelSection general = new LabelSection("");
    private final List<LabelValue> others = new ArrayList<>();
    private final List<LabelValue> twice = new ArrayList<>();

    LabelTree(Iterable<Map.Entry<String, String>> labels) {
        for (Map.Entry<String, String> label : labels) {
            add(label.getKey(), label.getValue());
        }
    }

    private void add(String label, String value) {
        String[] parts = label.split("\\.", PARTS);
        String kind = parts.length < PARTS - 1 ? "" : (parts[1] + "." + parts[2]).toLowerCase(Locale.ROOT);
        String option = label.substring(label.lastIndexOf('.') + 1);
        LabelValue given = new LabelValue(label, option, value.strip());
        switch (kind) {
            case "http.routers",
                    "http.services",
                    "http.middlewares",
                    "tcp.routers",
                    "tcp.services",
                    "tcp.middlewares" ->
                add(
                        sections.computeIfAbsent(kind, any -> new TreeMap<>())
                                .computeIfAbsent(parts[3], LabelSection::new),
                        parts.length == PARTS ? parts[4].toLowerCase(Locale.ROOT) : "",
                        given);
            default -> {
                String key = label.substring(Math.min(PREFIX.length(), label.length()))
                        .toLowerCase(Locale.ROOT);
                switch (key) {
                    case "enable",
                            "docker.network",
                            "swarm.network",
                            "docker.lbswarm",
                            "swarm.lbswarm",
                            "docker.allownonrunning" -> add(general, key, given);
                    default -> others.add(given);
                }
            }
        }
    }

    private void add(LabelSection section, String option, LabelValue given) {
        if (section.all().containsKey(option)) {
            twice.add(given);
        }
        section.add(option, given);
    }

    /** Returns routers, services or middlewares by name; kind is {@code http.routers}. */
    Map<String, LabelSection> sections(String kind) {
        return sections.getOrDefault(kind, Map.of());
    }

    /** Returns a label that is about the container as a whole, for example {@code enable}. */
    Optional<LabelValue> general(String key) {
        return general.get(key);
    }

    /** Returns labels that another one has in another case. */
    List<LabelValue> twice() {
        return twice;
    }

    /** Returns the labels that belong to nothing. */
    List<LabelValue> others() {
        return others;
    }
}
