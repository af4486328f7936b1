package io.interlock.app.loadbalancer;

import static io.interlock.app.AwaitTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.loadbalancer.ApplyResult;
import io.interlock.api.loadbalancer.ApplyResult.Failed;
import io.interlock.api.loadbalancer.ApplyResult.Rejected;
import io.interlock.api.loadbalancer.LoadBalancerUnavailableException;
import io.interlock.api.topology.Topology;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.app.plugin.guard.PluginTimeLimits;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class ApplyLoopTest {

    private static final ApplyDebounce AT_ONCE = new ApplyDebounce(Duration.ZERO, Duration.ZERO);

    private static final PluginTimeLimits GENEROUS = limits(Duration.ofMinutes(1));

    private final RecordingLoadBalancer loadBalancer = new RecordingLoadBalancer();
    private final List<ApplyResult> results = new CopyOnWriteArrayList<>();
    private final ApplyLoop loop = loop(AT_ONCE);

    private ApplyLoop loop(ApplyDebounce debounce) {
        return loop(debounce, GENEROUS);
    }

    private ApplyLoop loop(ApplyDebounce debounce, PluginTimeLimits limits) {
        return new ApplyLoop("test", requestApply -> loadBalancer, debounce, observers(), limits);
    }

    private List<LoadBalancerObserver> observers() {
        return List.of((pluginId, snapshot, result, took) -> results.add(result));
    }

    private static PluginTimeLimits limits(Duration each) {
        return new PluginTimeLimits(each, each, each, each);
    }

    @AfterEach
    void close() throws InterruptedException {
        assertThat(loop.close()).isTrue();
    }

    private static TopologySnapshot revision(long number) {
        return new TopologySnapshot(number, Topology.EMPTY);
    }

    @Test
    void snapshotsThatComeDuringAnApplyAreSkippedButTheLastIsNot() {
        loadBalancer.mayApply.drainPermits();
        loop.start();
        loop.offer(revision(1));
        await().until(() -> loadBalancer.revisions.contains(1L));
        for (int i = 2; i <= 100; i++) {
            loop.offer(revision(i));
        }
        loadBalancer.mayApply.release(1000);
        await().until(() -> loadBalancer.revisions.contains(100L));
        assertThat(loadBalancer.revisions).containsExactly(1L, 100L);
    }

    @Test
    void whatFailedIsTriedAgainUntilItTakes() {
        loadBalancer.answers.add(new Failed("first"));
        loadBalancer.answers.add(new Failed("second"));
        loop.start();
        loop.offer(revision(1));
        await().until(() -> results.contains(RecordingLoadBalancer.APPLIED));
        assertThat(loadBalancer.revisions).containsExactly(1L, 1L, 1L);
    }

    @Test
    void whatWasRejectedIsNotTriedAgainUntilTheTopologyChanges() {
        loadBalancer.answers.add(new Rejected("no"));
        loop.start();
        loop.offer(revision(1));
        await().until(() -> results.size() == 1);
        loop.offer(revision(2));
        await().until(() -> results.size() == 2);
        assertThat(loadBalancer.revisions).containsExactly(1L, 2L);
    }

    @Test
    void aRequestAppliesASettledSnapshotAgain() {
        loop.start();
        loop.offer(revision(1));
        await().until(() -> results.size() == 1);
        loop.requestApply();
        await().until(() -> results.size() == 2);
        assertThat(loadBalancer.revisions).containsExactly(1L, 1L);
    }

    @Test
    void aBurstAfterTheFirstChangeLeadsToOneMoreApply() {
        ApplyLoop patient = loop(new ApplyDebounce(Duration.ofSeconds(1), Duration.ofSeconds(20)));
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

    private static boolean closes(ApplyLoop loop) {
        try {
            return loop.close();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aLoadBalancerIsOpenedAppliedAndClosedOnOneThread() throws InterruptedException {
        loop.start();
        loop.offer(revision(1));
        await().until(() -> results.size() == 1);
        assertThat(loop.close()).isTrue();
        assertThat(loadBalancer.closed).hasValue(1);
        assertThat(loadBalancer.threads).containsOnly("apply-test");
    }

    @Test
    void anApplyThatHangsIsInterruptedWhenTheLoopCloses() throws InterruptedException {
        ApplyLoop impatient = loop(
                AT_ONCE,
                new PluginTimeLimits(Duration.ZERO, Duration.ZERO, Duration.ofMillis(20), Duration.ofMinutes(1)));
        loadBalancer.mayApply.drainPermits();
        impatient.start();
        impatient.offer(revision(1));
        await().until(() -> loadBalancer.revisions.contains(1L));
        assertThat(impatient.close()).isTrue();
        assertThat(loadBalancer.closed).hasValue(1);
    }

    @Test
    void anUnavailableLoadBalancerSaysWhyAndTheLoopEnds() throws Exception {
        ApplyLoop unavailable = new ApplyLoop(
                "test",
                requestApply -> {
                    throw new LoadBalancerUnavailableException("install it");
                },
                AT_ONCE,
                observers(),
                GENEROUS);
        unavailable.start();
        assertThat(unavailable.opened().get()).contains("install it");
        unavailable.offer(revision(1));
        assertThat(unavailable.close()).isTrue();
        assertThat(results).isEmpty();
    }
}
