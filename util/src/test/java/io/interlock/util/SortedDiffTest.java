package io.interlock.util;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.util.SortedDiff.Change;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class SortedDiffTest {

    private record Entry(String key, int value) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            return key.compareTo(other.key);
        }
    }

    @Test
    void newGoneAndOtherElementsAreToldInOrder() {
        Entry same = new Entry("b", 1);
        assertThat(SortedDiff.between(
                        List.of(new Entry("a", 1), same, new Entry("c", 1), new Entry("e", 1)),
                        List.of(same, new Entry("c", 2), new Entry("d", 1), new Entry("e", 1))))
                .containsExactly(
                        new Change<>(Optional.of(new Entry("a", 1)), Optional.empty()),
                        new Change<>(Optional.of(new Entry("c", 1)), Optional.of(new Entry("c", 2))),
                        new Change<>(Optional.empty(), Optional.of(new Entry("d", 1))));
    }

    @Test
    void equalListsDoNotDiffer() {
        assertThat(SortedDiff.between(List.of("a", "b"), List.of("a", "b"))).isEmpty();
        assertThat(SortedDiff.between(List.<String>of(), List.of())).isEmpty();
    }
}
