package io.interlock.stats.graphite;

import io.interlock.api.status.ContainerStatus;
import io.interlock.util.Sha256;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Names of containers in Carbon: {@code web}, or {@code nodes.rack-1.web} if several engines are watched. Characters
 * with a meaning in Carbon are replaced. Of containers whose names are then equal ({@code a.b} and {@code a_b}), those
 * with a replaced character get a digest of the original name in addition.
 */
final class CarbonContainerNames {

    private static final int DIGITS = 8;

    private final boolean withNodes;
    private final Map<String, Integer> uses = new HashMap<>();

    /**
     * @param containers all containers of a reading
     * @param withNodes whether names have the engine
     */
    CarbonContainerNames(Collection<ContainerStatus> containers, boolean withNodes) {
        this.withNodes = withNodes;
        containers.forEach(container -> uses.merge(plain(container), 1, Integer::sum));
    }

    /** The name of one of the containers. */
    String of(ContainerStatus container) {
        String plain = plain(container);
        String original = node(container.engineId()) + container.name();
        return uses.getOrDefault(plain, 0) < 2 || plain.equals(original)
                ? plain
                : plain + "_" + Sha256.hex(original, DIGITS);
    }

    private String plain(ContainerStatus container) {
        return node(word(container.engineId())) + word(container.name());
    }

    private String node(String engine) {
        return withNodes ? "nodes." + engine + "." : "";
    }

    /** One part of a name. Dots would split it into several parts, and other characters might end the line. */
    private static String word(String text) {
        return text.replaceAll("[^A-Za-z0-9_-]", "_");
    }
}
