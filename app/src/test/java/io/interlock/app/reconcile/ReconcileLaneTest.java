package io.interlock.app.reconcile;

import static io.interlock.app.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.loadbalancer.ApplyResult;
import io.interlock.api.loadbalancer.ApplyResult.Failed;
import io.interlock.api.loadbalancer.ApplyResult.Rejected;
import io.interlock.api.loadbalancer.LoadBalancerUnavailableException;
import io.interlock.api.topology.Topology;
import io.interlock.api.topology.TopologySnapshot;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class ReconcileLaneTest {

    private static final Debounce AT_ONCE = new Debounce(Duration.ZERO, Duration.ZERO);

    private final RecordingLoadBalancer loadBalancer = new RecordingLoadBalancer();
    private final List<ApplyResult> results = new CopyOnWriteArrayList<>();
    private final ReconcileLane lane = lane(AT_ONCE);

    private ReconcileLane lane(Debounce debounce) {
        return new ReconcileLane(
                "test", requestApply -> loadBalancer, debounce, (name, snapshot, result, took) -> results.add(result));
    }

    @AfterEach
    void close() throws InterruptedException {
        assertThat(lane.close(Duration.ofMinutes(1), Duration.ofMinutes(1))).isTrue();
    }

    private static TopologySnapshot revision(long number) {
        return new TopologySnapshot(number, Topology.EMPTY);
    }

    @Test
    void snapshotsThatComeDuringAnApplyAreSkippedButTheLastIsNot() {
        loadBalancer.mayApply.drainPermits();
        lane.start();
        lane.offer(revision(1));
        await().until(() -> loadBalancer.revisions.contains(1L));
        for (int i = 2; i <= 100; i++) {
            lane.offer(revision(i));
        }
        loadBalancer.mayApply.release(1000);
        await().until(() -> loadBalancer.revisions.contains(100L));
        assertThat(loadBalancer.revisions).containsExactly(1L, 100L);
    }

    @Test
    void whatFailedIsTriedAgainUntilItTakes() {
        loadBalancer.answers.add(new Failed("first"));
        loadBalancer.answers.add(new Failed("second"));
        lane.start();
        lane.offer(revision(1));
        await().until(() -> results.contains(RecordingLoadBalancer.APPLIED));
        assertThat(loadBalancer.revisions).containsExactly(1L, 1L, 1L);
    }

    @Test
    void whatWasRejectedIsNotTriedAgainUntilTheTopologyChanges() {
        loadBalancer.answers.add(new Rejected("no"));
        lane.start();
        lane.offer(revision(1));
        await().until(() -> results.size() == 1);
        lane.offer(revision(2));
        await().until(() -> results.size() == 2);
        assertThat(loadBalancer.revisions).containsExactly(1L, 2L);
    }

    @Test
    void aRequestAppliesASettledSnapshotAgain() {
        lane.start();
        lane.offer(revision(1));
        await().until(() -> results.size() == 1);
        lane.requestApply();
        await().until(() -> results.size() == 2);
        assertThat(loadBalancer.revisions).containsExactly(1L, 1L);
    }

    @Test
    void aBurstAfterTheFirstChangeLeadsToOneMoreApply() {
        ReconcileLane patient = lane(new Debounce(Duration.ofSeconds(1), Duration.ofSeconds(20)));
        patient.start();
        patient.offer(revision(1));
        await().until(() -> results.size() == 1);
        for (int i = 2; i <= 50; i++) {
            patient.offer(revision(i));
        }
        await().until(() -> results.size() == 2);
        assertThat(loadBalancer.revisions).containsExactly(1L, 50L);
        assertThat(closes(patient)).isTrue();
    }

    private static boolean closes(ReconcileLane lane) {
        try {
            return lane.close(Duration.ofMinutes(1), Duration.ofMinutes(1));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aLoadBalancerIsOpenedAppliedAndClosedOnOneThread() throws InterruptedException {
        lane.start();
        lane.offer(revision(1));
        await().until(() -> results.size() == 1);
        assertThat(lane.close(Duration.ofMinutes(1), Duration.ofMinutes(1))).isTrue();
        assertThat(loadBalancer.closed).hasValue(1);
        assertThat(loadBalancer.threads).containsOnly("lane-test");
    }

    @Test
    void anApplyThatHangsIsInterruptedWhenTheLaneCloses() throws InterruptedException {
        loadBalancer.mayApply.drainPermits();
        lane.start();
        lane.offer(revision(1));
        await().until(() -> loadBalancer.revisions.contains(1L));
        assertThat(lane.close(Duration.ofMillis(20), Duration.ofMillis(20))
                        || lane.close(Duration.ofMinutes(1), Duration.ofMinutes(1)))
                .isTrue();
        assertThat(loadBalancer.closed).hasValue(1);
    }

    @Test
    void anUnavailableLoadBalancerSaysWhyAndTheLaneEnds() throws Exception {
        ReconcileLane unavailable = new ReconcileLane(
                "test",
                requestApply -> {
                    throw new LoadBalancerUnavailableException("install it");
                },
                AT_ONCE,
                (name, snapshot, result, took) -> results.add(result));
        unavailable.start();
        assertThat(unavailable.opened().get()).contains("install it");
        unavailable.offer(revision(1));
        assertThat(unavailable.close(Duration.ofMinutes(1), Duration.ofMinutes(1)))
                .isTrue();
        assertThat(results).isEmpty();
    }
}
