package io.interlock.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.sink.StatsSnapshot;
import io.interlock.stats.SnapshotPool.Lease;
import io.interlock.stats.fixture.SampleSnapshots;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class SnapshotPoolTest {

    private final List<String> ended = new ArrayList<>();

    @Test
    void answersInProgressKeepTwoSnapshotsAndShareTheNewest() throws Exception {
        SnapshotPool pool = new SnapshotPool(Duration.ofHours(1));
        Lease one = lease(pool, "one");
        Lease two = lease(pool, "two");
        assertThat(two.snapshot()).isNotSameAs(one.snapshot());
        for (int i = 0; i < 100; i++) {
            assertThat(lease(pool, "later").snapshot()).isSameAs(two.snapshot());
        }
        assertThat(ended).isEmpty();
    }

    @Test
    void anAnswerThatEndsMakesRoomForAnotherSnapshot() throws Exception {
        SnapshotPool pool = new SnapshotPool(Duration.ofHours(1));
        Lease one = lease(pool, "one");
        Lease two = lease(pool, "two");
        one.close();
        assertThat(lease(pool, "three").snapshot()).isNotSameAs(two.snapshot());
    }

    @Test
    void answersThatAreTooSlowEndWhenAnotherNeedsTheirRoom() throws Exception {
        SnapshotPool pool = new SnapshotPool(Duration.ZERO);
        lease(pool, "one");
        Lease two = lease(pool, "two");
        assertThat(ended).isEmpty();
        assertThat(lease(pool, "three").snapshot()).isNotSameAs(two.snapshot());
        assertThat(ended).containsExactly("one");
    }

    @Test
    void theSameSnapshotIsShared() throws Exception {
        SnapshotPool pool = new SnapshotPool(Duration.ofHours(1));
        StatsSnapshot snapshot = SampleSnapshots.one();
        Lease one = pool.lease(() -> snapshot, () -> {});
        Lease two = pool.lease(() -> snapshot, () -> {});
        assertThat(two.documents()).isSameAs(one.documents());
    }

    private Lease lease(SnapshotPool pool, String name) throws InterruptedException {
        return pool.lease(SampleSnapshots::one, () -> ended.add(name));
    }
}
