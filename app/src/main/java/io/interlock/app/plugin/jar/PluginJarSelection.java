package io.interlock.app.plugin.jar;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Selection among jars of one id: the highest version is used; of equal versions, the jar modified last.
 *
 * @param chosen the jars to use, by id
 * @param passedOver the others, with the reason
 */
public record PluginJarSelection(Map<String, StagedJar> chosen, Map<StagedJar, String> passedOver) {

    public static PluginJarSelection of(Collection<StagedJar> jars) {
        Map<String, StagedJar> chosen = new TreeMap<>();
        for (StagedJar jar : jars) {
            chosen.merge(jar.id(), jar, (one, other) -> StagedJar.BY_PREFERENCE.compare(one, other) < 0 ? other : one);
        }
        Map<StagedJar, String> passedOver = new HashMap<>();
        for (StagedJar jar : jars) {
            Optional.ofNullable(chosen.get(jar.id()))
                    .filter(better -> !better.equals(jar))
                    .ifPresent(better -> passedOver.put(jar, why(jar, better)));
        }
        return new PluginJarSelection(chosen, passedOver);
    }

    /** The jars to use, by file name. */
    public List<StagedJar> inOrder() {
        return chosen.values().stream()
                .sorted(Comparator.comparing(StagedJar::file))
                .toList();
    }

    private static String why(StagedJar jar, StagedJar better) {
        return better.file() + " is used instead of " + jar.file() + ": it has the same Plugin-Id and "
                + (jar.version().equals(better.version()) ? "is newer" : "the higher version " + better.version())
                + "; to use both, give each an id of its own";
    }
}
