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
        assertThat(tasks.dueReload(served)).isEmpty();
        pass(Duration.ofSeconds(1));
        assertThat(tasks.dueReload(served)).contains(ReloadCause.BACKEND_NAMES);

        tasks.changed();
        pass(Duration.ofSeconds(59));
        assertThat(tasks.dueReload(served)).isEmpty();
        pass(Duration.ofSeconds(1));
        assertThat(tasks.dueReload(served)).contains(ReloadCause.BACKEND_NAMES);

        tasks.loaded();
        pass(Duration.ofMinutes(4));
        assertThat(tasks.dueReload(served)).isEmpty();
    }

    @Test
    void whileEveryBackendHasItsNameThereIsNothingToDo() {
        pass(Duration.ofHours(1));

        assertThat(tasks.dueReload(served)).isEmpty();
    }

    private static SpareBackend spare(String name) {
        return new SpareBackend(name, new BackendDeclaration(List.of(), false));
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }
}
