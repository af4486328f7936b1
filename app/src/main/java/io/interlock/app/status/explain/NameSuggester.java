package io.interlock.app.status.explain;

import io.interlock.util.EditDistance;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Finds names that may have been meant. */
final class NameSuggester {

    private static final int MOST = 3;
    private static final int LONGEST = 80;
    private static final int PART_OF_NAME = 1;
    private static final int LETTERS_PER_SLIP = 6;

    private NameSuggester() {}

    private record Near(String name, int distance) {}

    /** The nearest names, at most three. */
    static List<String> of(String asked, Stream<String> names) {
        String desired = asked.toLowerCase(Locale.ROOT);
        if (desired.isEmpty() || desired.length() > LONGEST) {
            return List.of();
        }
        return names.distinct()
                .filter(name -> name.length() <= LONGEST && !name.equals(asked))
                .map(name -> new Near(name, distance(desired, name.toLowerCase(Locale.ROOT))))
                .filter(near -> near.distance() <= Math.max(1, desired.length() / LETTERS_PER_SLIP))
                .sorted(Comparator.comparingInt(Near::distance).thenComparing(Near::name))
                .limit(MOST)
                .map(Near::name)
                .toList();
    }

    /** A name that the other one has as a whole first or last part is as near as one slip. */
    private static int distance(String desired, String name) {
        boolean part = name.startsWith(desired + ".")
                || name.startsWith(desired + "-")
                || name.endsWith("." + desired)
                || desired.endsWith("." + name);
        if (part) {
            return PART_OF_NAME;
        }
        boolean tooDifferent = Math.abs(desired.length() - name.length()) > desired.length() / LETTERS_PER_SLIP + 1;
        return tooDifferent ? Integer.MAX_VALUE : EditDistance.between(desired, name);
    }
}
