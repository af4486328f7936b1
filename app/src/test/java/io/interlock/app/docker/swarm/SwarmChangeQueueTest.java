package io.interlock.app.docker.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.interlock.app.docker.swarm.SwarmApi.Change;
import java.io.EOFException;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class SwarmChangeQueueTest {

    private static final long LONG = Duration.ofMinutes(1).toNanos();

    private final SwarmChangeQueue queue = new SwarmChangeQueue(2);
    private final Subscription first = new Subscription();
    private final Subscription second = new Subscription();

    @Test
    void eachChangeIsTakenOnceHoweverOftenItWasTold() throws Exception {
        queue.begin(first);
        queue.add(first, change("a"));
        queue.add(first, change("b"));
        queue.add(first, change("a"));

        assertThat(queue.take(LONG).changes()).containsExactly(change("a"), change("b"));
        assertThat(queue.take(0).changes()).isEmpty();
    }

    @Test
    void aQueueThatIsFullHoldsNothingAndSaysSo() throws Exception {
        queue.begin(first);
        for (int i = 0; i < 1_000; i++) {
            queue.add(first, change("c" + i));
        }

        SwarmChangeQueue.Batch batch = queue.take(LONG);
        assertThat(batch.overflowed()).isTrue();
        assertThat(batch.changes()).isEmpty();
        queue.add(first, change("a"));
        assertThat(queue.take(LONG)).isEqualTo(new SwarmChangeQueue.Batch(Set.of(change("a")), false));
    }

    @Test
    void whatComesFromAnEarlierSubscriptionDoesNotCount() throws Exception {
        queue.begin(first);
        queue.add(first, change("a"));
        queue.begin(second);
        queue.add(first, change("b"));
        queue.fail(first, new EOFException("the first has ended"));

        assertThat(queue.take(0).changes()).isEmpty();
        queue.fail(second, new EOFException("the second has ended"));
        assertThatIOException().isThrownBy(() -> queue.take(LONG)).withMessageContaining("second");
    }

    @Test
    void whoWaitsIsWoken() throws Exception {
        queue.begin(first);
        queue.wake();
        assertThat(queue.take(LONG).changes()).isEmpty();
        queue.wake();
        queue.pause(LONG);
    }

    private static Change change(String id) {
        return new Change(Change.Kind.SERVICE, id);
    }

    private static final class Subscription implements SwarmApi.ChangeSubscription {

        @Override
        public Change next() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            throw new UnsupportedOperationException();
        }
    }
}
