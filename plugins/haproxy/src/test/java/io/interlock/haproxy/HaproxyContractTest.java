package io.interlock.haproxy;

import io.interlock.api.loadbalancer.LoadBalancer;
import io.interlock.haproxy.fixture.HaproxyFixture;
import io.interlock.testkit.LoadBalancerContract;
import io.interlock.testkit.TestLoadBalancerContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;

/** Contract of every load balancer. */
@Tag("haproxy")
class HaproxyContractTest extends LoadBalancerContract {

    /**
     * Number of spare backends. Without any, new virtual hosts need a reload, which an unwritable file prevents;
     * changes at run time do not wait for files.
     */
    private static final int WITHOUT_SPARES = 0;

    @Override
    protected LoadBalancer create(TestLoadBalancerContext host) throws Exception {
        HaproxyConfig config = HaproxyFixture.config(Map.of("spare_backends", WITHOUT_SPARES));
        return new HaproxyFactory().create(config, host);
    }

    /** Puts a folder in the place of the live file, so that nothing can be written there. */
    @Override
    protected void prevent(TestLoadBalancerContext host) throws IOException {
        Path config = host.settings().configPath();
        Files.move(config, config.resolveSibling("kept"));
        Files.createDirectory(config);
        Files.createFile(config.resolve("in-the-way"));
    }

    @Override
    protected void allow(TestLoadBalancerContext host) throws IOException {
        Path config = host.settings().configPath();
        Files.delete(config.resolve("in-the-way"));
        Files.delete(config);
        Files.move(config.resolveSibling("kept"), config);
    }
}
