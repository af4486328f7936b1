package io.interlock.haproxy.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.loadbalancer.ReloadCause;
import io.interlock.haproxy.model.BackendDeclaration;
import io.interlock.haproxy.model.DesiredConfig;
import io.interlock.haproxy.model.GlobalConfig;
import io.interlock.haproxy.model.HaproxyVersion;
import io.interlock.haproxy.model.SpareBackend;
import io.interlock.haproxy.plan.ApplyPlan;
import io.interlock.haproxy.plan.ProxyState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class IdleTaskSchedulerTest {

    private static final DesiredConfig EMPTY = new DesiredConfig(GlobalConfig.NONE, List.of(), List.of());

    private final AtomicLong clock = new AtomicLong();
    private final IdleTaskScheduler tasks = new IdleTaskScheduler(HaproxyVersion.MINIMUM, () -> {}, clock::get);
    private final ProxyState served =
            ProxyState.loaded(EMPTY, List.of(spare("interlock.spare-0001"), spare("interlock.spare-0002")));

    @AfterEach
    void close() {
        tasks.close();
    }

    @Test
    void aBackendGetsItsNameAfterAQuietMinuteAndAtMostEveryFiveMinutes() {
        served.note(new ApplyPlan.Steps(List.of(), Map.of("a", "interlock.spare-0001")), EMPTY, Set.of());
        pass(Duration.ofMinutes(5).minusSeconds(1));
        assertThat(dueReload(0)).isEmpty();
        pass(Duration.ofSeconds(1));
        assertThat(dueReload(0)).contains(ReloadCause.BACKEND_NAMES);

        tasks.changed();
        pass(Duration.ofSeconds(59));
        assertThat(dueReload(0)).isEmpty();
        pass(Duration.ofSeconds(1));
        assertThat(dueReload(0)).contains(ReloadCause.BACKEND_NAMES);

        tasks.loaded();
        pass(Duration.ofMinutes(4));
        assertThat(dueReload(0)).isEmpty();
    }

    @Test
    void namesWaitWhileManyOldWorkersFinishLongConnections() {
        served.note(new ApplyPlan.Steps(List.of(), Map.of("a", "interlock.spare-0001")), EMPTY, Set.of());
        pass(Duration.ofHours(1));

        assertThat(dueReload(4)).isEmpty();
        assertThat(tasks.dueReload(served, OptionalInt.empty())).isEmpty();
        assertThat(dueReload(3)).contains(ReloadCause.BACKEND_NAMES);
    }

    @Test
    void spareBackendsAreDeclaredAgainHoweverManyOldWorkersThereAre() {
        served.note(
                new ApplyPlan.Steps(List.of(), Map.of("a", "interlock.spare-0001", "b", "interlock.spare-0002")),
                EMPTY,
                Set.of());
        pass(Duration.ofSeconds(2));

        assertThat(dueReload(50)).contains(ReloadCause.FEW_SPARE_BACKENDS);
    }

    @Test
    void whileEveryBackendHasItsNameThereIsNothingToDo() {
        pass(Duration.ofHours(1));

        assertThat(dueReload(0)).isEmpty();
    }

    private Optional<ReloadCause> dueReload(int oldWorkers) {
        return tasks.dueReload(served, OptionalInt.of(oldWorkers));
    }

    private static SpareBackend spare(String name) {
        return new SpareBackend(name, new BackendDeclaration(List.of(), false));
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }
}
