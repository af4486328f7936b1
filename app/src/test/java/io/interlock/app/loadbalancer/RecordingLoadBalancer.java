package io.interlock.app.loadbalancer;

import io.interlock.api.loadbalancer.ApplyResult;
import io.interlock.api.loadbalancer.ApplyResult.Applied;
import io.interlock.api.loadbalancer.ApplyResult.ApplyMethod;
import io.interlock.api.loadbalancer.LoadBalancer;
import io.interlock.api.topology.TopologySnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** Load balancer that records its calls, returns prepared results, and fails the test if two threads call it. */
final class RecordingLoadBalancer implements LoadBalancer {

    static final Applied APPLIED = new Applied(ApplyMethod.RELOAD, Duration.ZERO, List.of());

    final List<Long> revisions = new CopyOnWriteArrayList<>();
    final Queue<ApplyResult> answers = new ConcurrentLinkedQueue<>();
    final Semaphore mayApply = new Semaphore(Integer.MAX_VALUE);
    final AtomicInteger closed = new AtomicInteger();
    final List<String> threads = new CopyOnWriteArrayList<>();

    @Override
    public ApplyResult apply(TopologySnapshot snapshot) throws InterruptedException {
        threads.add(Thread.currentThread().getName());
        revisions.add(snapshot.revision());
        mayApply.acquire();
        ApplyResult answer = answers.poll();
        return answer == null ? APPLIED : answer;
    }

    @Override
    public void close() {
        threads.add(Thread.currentThread().getName());
        closed.incrementAndGet();
    }
}
