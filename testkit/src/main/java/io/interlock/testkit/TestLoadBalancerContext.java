package io.interlock.testkit;

import io.interlock.api.loadbalancer.LoadBalancerContext;
import io.interlock.api.loadbalancer.ProxySettings;
import io.interlock.testsupport.network.PortAllocator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Context of a load balancer under test: a data folder, settings with a free port, and requests for applies. */
public final class TestLoadBalancerContext implements LoadBalancerContext {

    private final Path dataDirectory;
    private final ProxySettings settings;
    private final Semaphore requests = new Semaphore(0);

    /** @param folder an empty folder of the test */
    public TestLoadBalancerContext(Path folder) throws IOException {
        this.dataDirectory = Files.createDirectory(
                folder.resolve("data"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        this.settings = new ProxySettings(
                PortAllocator.next(),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                256,
                Optional.empty(),
                dataDirectory.resolve("proxy.conf"),
                dataDirectory.resolve("proxy.pid"),
                Optional.empty());
    }

    @Override
    public String pluginId() {
        return "tested";
    }

    @Override
    public Path dataDirectory() {
        return dataDirectory;
    }

    @Override
    public Clock clock() {
        return Clock.systemUTC();
    }

    @Override
    public ProxySettings settings() {
        return settings;
    }

    @Override
    public void requestApply() {
        requests.release();
    }

    /** Waits until the load balancer has requested an apply; returns whether it did in that time. */
    public boolean awaitRequest(Duration time) throws InterruptedException {
        boolean asked = requests.tryAcquire(time.toMillis(), TimeUnit.MILLISECONDS);
        requests.drainPermits();
        return asked;
    }
}
