package io.interlock.haproxy;

import io.interlock.api.loadbalancer.ApplyResult;
import io.interlock.api.loadbalancer.ApplyResult.Applied;
import io.interlock.api.loadbalancer.ApplyResult.Failed;
import io.interlock.api.loadbalancer.ApplyResult.How;
import io.interlock.api.loadbalancer.ApplyResult.Rejected;
import io.interlock.api.loadbalancer.ApplyResult.Unchanged;
import io.interlock.api.loadbalancer.LoadBalancer;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.haproxy.process.HaproxyException;
import io.interlock.haproxy.process.Supervisor;
import io.interlock.haproxy.render.Rendered;
import io.interlock.haproxy.render.Renderer;
import io.interlock.haproxy.render.TemplateException;
import java.time.Duration;

/** Makes one HAProxy serve each topology: render, plan, act. */
final class HaproxyLoadBalancer implements LoadBalancer {

    private final TemplateSource template;
    private final Renderer renderer;
    private final Supervisor supervisor;

    HaproxyLoadBalancer(TemplateSource template, Renderer renderer, Supervisor supervisor) {
        this.template = template;
        this.renderer = renderer;
        this.supervisor = supervisor;
    }

    @Override
    public ApplyResult apply(TopologySnapshot snapshot) throws InterruptedException {
        long began = System.nanoTime();
        try {
            Rendered wanted = renderer.render(snapshot.topology(), template.current());
            return switch (Plan.of(supervisor.observe(), wanted.revision())) {
                case NOTHING -> {
                    supervisor.repairFiles(wanted);
                    yield new Unchanged(wanted.omissions());
                }
                case START -> {
                    supervisor.start(wanted);
                    yield applied(How.START, began, wanted);
                }
                case RELOAD -> {
                    supervisor.reload(wanted);
                    yield applied(How.RELOAD, began, wanted);
                }
            };
        } catch (TemplateException | HaproxyException.InvalidConfig e) {
            return new Rejected(String.valueOf(e.getMessage()));
        } catch (HaproxyException e) {
            return new Failed(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void close() {
        supervisor.close();
    }

    private static Applied applied(How how, long began, Rendered wanted) {
        return new Applied(how, Duration.ofNanos(System.nanoTime() - began), wanted.omissions());
    }
}
