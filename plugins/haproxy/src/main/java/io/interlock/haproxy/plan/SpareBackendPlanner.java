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
 * The backends that are declared before anybody wants them: for what is usual, and for whatever else backends want today,
 * since the next one is likely to want the same.
 */
public final class SpareBackendPlanner {

    /** No wanted backend's name has a dot. */
    private static final String PREFIX = "interlock.spare-";

    private static final int SHARE_PERCENT = 12;
    private static final int PERCENT = 100;

    /** How many declarations that are not usual get spare backends, the most wanted first. */
    private static final int MOST_LEARNT = 16;

    private final List<SpareBackend> spares = new ArrayList<>();
    private final Map<BackendDeclaration, Integer> counts = new HashMap<>();
    private final int least;

    private SpareBackendPlanner(int least, List<BackendSpec> backends) {
        this.least = least;
        backends.forEach(backend -> counts.merge(backend.declaration(), 1, Integer::sum));
    }

    /**
     * The spare backends to declare.
     *
     * @param least how many at least of the most usual, and twice as many as of each other; 0: none at all
     * @param usual what to declare in any case, the most usual first
     * @param backends what is wanted: with more that are alike, more come at a time
     */
    public static List<SpareBackend> of(int least, List<BackendDeclaration> usual, List<BackendSpec> backends) {
        if (least == 0) {
            return List.of();
        }
        SpareBackendPlanner all = new SpareBackendPlanner(least, backends);
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

    private int few() {
        return (least + 1) / 2;
    }

    private void declare(BackendDeclaration declaration, int atLeast) {
        int count = Math.max(atLeast, counts.getOrDefault(declaration, 0) * SHARE_PERCENT / PERCENT);
        for (int i = 0; i < count; i++) {
            spares.add(new SpareBackend(String.format(Locale.ROOT, "%s%04d", PREFIX, spares.size() + 1), declaration));
        }
    }
}
