package io.interlock.app.docker.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.app.docker.watch.InspectQueue.Cause;
import io.interlock.app.docker.watch.InspectQueue.Ticket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class InspectQueueTest {

    private final InspectQueue queue = new InspectQueue(2, 3);

    @Test
    void manyEventsOfOneContainerLeadToOneInspect() {
        for (int event = 0; event < 5; event++) {
            queue.addForEvent("a");
        }

        assertThat(queue.next()).contains(new Ticket("a", Cause.EVENT));
        assertThat(queue.next()).isEmpty();
    }

    @Test
    void eventsDuringAnInspectLeadToOneMoreAfterIt() {
        queue.addForEvent("a");
        Ticket first = queue.next().orElseThrow();
        queue.addForEvent("a");
        queue.addForEvent("a");

        assertThat(queue.next()).isEmpty();
        queue.done(first);
        Ticket second = queue.next().orElseThrow();
        queue.done(second);
        assertThat(queue.next()).isEmpty();
        assertThat(queue.isPending("a")).isFalse();
    }

    @Test
    void noMoreThanAllowedAreInspectedAtATime() {
        queue.addForEvent("a");
        queue.addForEvent("b");
        queue.addForEvent("c");
        Ticket a = queue.next().orElseThrow();
        assertThat(queue.next()).isPresent();

        assertThat(queue.next()).isEmpty();
        queue.done(a);
        assertThat(queue.next()).contains(new Ticket("c", Cause.EVENT));
    }

    @Test
    void aContainerWithAnEventOvertakesAResync() {
        queue.add("a");
        queue.add("b");
        queue.add("c");
        queue.addForEvent("c");

        assertThat(queue.next()).contains(new Ticket("c", Cause.EVENT));
        assertThat(queue.next()).contains(new Ticket("a", Cause.OTHER));
    }

    @Test
    void aResyncDoesNotAddToAnEvent() {
        queue.addForEvent("a");
        queue.add("a");
        queue.done(queue.next().orElseThrow());

        assertThat(queue.next()).isEmpty();
    }

    @Test
    void eventsOfTooManyContainersAreRefusedAndThoseOfWaitingOnesAreNot() {
        assertThat(queue.addForEvent("a")).isTrue();
        assertThat(queue.addForEvent("b")).isTrue();
        assertThat(queue.addForEvent("c")).isTrue();
        assertThat(queue.hasRoom()).isFalse();
        assertThat(queue.addForEvent("d")).isFalse();
        assertThat(queue.addForEvent("a")).isTrue();
        queue.next();
        queue.next();
        assertThat(queue.hasRoom()).isTrue();
        assertThat(queue.addForEvent("d")).isTrue();
    }
}
