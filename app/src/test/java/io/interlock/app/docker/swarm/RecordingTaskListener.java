package io.interlock.app.docker.swarm;

import io.interlock.app.docker.client.TaskProvider;
import java.io.IOException;
import java.util.Collection;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Records the tasks that a provider finds. */
final class RecordingTaskListener implements TaskProvider.Listener {

    final AtomicInteger outdated = new AtomicInteger();
    final BlockingQueue<IOException> failures = new LinkedBlockingQueue<>();

    private final BlockingQueue<String> containers = new LinkedBlockingQueue<>();

    @Override
    public void changed(Collection<String> changed) {
        containers.addAll(changed);
    }

    @Override
    public void outdated() {
        outdated.incrementAndGet();
    }

    @Override
    public void failed(IOException reason) {
        failures.add(reason);
    }

    /** The next container that must be inspected; null if there is none within a minute. */
    @Nullable String next() throws InterruptedException {
        return containers.poll(1, TimeUnit.MINUTES);
    }

    /** The reason why the provider has ended; null if it has not within a minute. */
    @Nullable IOException failure() throws InterruptedException {
        return failures.poll(1, TimeUnit.MINUTES);
    }
}
