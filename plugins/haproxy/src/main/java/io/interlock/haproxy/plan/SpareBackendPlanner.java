package io.interlock.haproxy.plan;

import io.interlock.haproxy.model.BackendDeclaration;
import io.interlock.haproxy.model.BackendSpec;
import io.interlock.haproxy.model.SpareBackend;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Plans the spare backends: for the usual declarations, and for the declarations of the current backends, because the
 * next backend probably needs one of the same.
 */
public final class SpareBackendPlanner {

    /** Names of desired backends have no dot. */
    private static final String PREFIX = "interlock.spare-";

    private static final String DEFAULTS_PREFIX = "interlock.defaults-";

    private static final int SHARE_PERCENT = 12;
    private static final int PERCENT = 100;

    /** Maximum number of unusual declarations with spare backends, the most frequent first. */
    private static final int MOST_LEARNT = 16;

    private final List<SpareBackend> spares = new ArrayList<>();
    private final Map<BackendDeclaration, Integer> counts = new HashMap<>();
    private final int least;
    private final boolean atRuntime;

    private SpareBackendPlanner(int least, boolean atRuntime, List<BackendSpec> backends) {
        this.least = least;
        this.atRuntime = atRuntime;
        backends.forEach(backend -> counts.merge(backend.declaration(), 1, Integer::sum));
    }

    /**
     * The spare backends to declare.
     *
     * @param least the minimum number for the most usual declaration; every other declaration gets at least half as
     *     many; 0: none at all
     * @param atRuntime whether HAProxy can make backends of sections of defaults
     * @param usual the declarations that always get spare backends, the most usual first
     * @param backends the desired backends; the more of them have a declaration, the more spare backends it gets
     */
    public static List<SpareBackend> of(
            int least, boolean atRuntime, List<BackendDeclaration> usual, List<BackendSpec> backends) {
        if (least == 0) {
            return List.of();
        }
        SpareBackendPlanner all = new SpareBackendPlanner(least, atRuntime, backends);
        for (BackendDeclaration declaration : usual) {
            all.declare(declaration, declaration.equals(usual.getFirst()) ? least : all.few());
        }
        all.counts.entrySet().stream()
                .filter(learnt -> !usual.contains(learnt.getKey()))
                .sorted(Map.Entry.<BackendDeclaration, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(learnt -> learnt.getKey().toString()))
                .limit(MOST_LEARNT)
                .forEach(learnt -> all.declare(learnt.getKey(), all.few()));
        return all.spares;
    }

    static boolean isSpare(String place) {
        return place.startsWith(PREFIX);
    }

    private String name(String prefix) {
        return String.format(Locale.ROOT, "%s%04d", prefix, spares.size() + 1);
    }

    private int few() {
        return (least + 1) / 2;
    }

    private void declare(BackendDeclaration declaration, int atLeast) {
        if (atRuntime && declaration.fitsDefaults()) {
            spares.add(new SpareBackend(name(DEFAULTS_PREFIX), declaration, true));
            return;
        }
        int count = Math.max(atLeast, counts.getOrDefault(declaration, 0) * SHARE_PERCENT / PERCENT);
        for (int i = 0; i < count; i++) {
            spares.add(new SpareBackend(name(PREFIX), declaration));
        }
    }
}
