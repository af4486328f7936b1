package com.example.routesfile;

import io.interlock.api.loadbalancer.LoadBalancer;
import io.interlock.testkit.ApplyContract;
import io.interlock.testkit.TestLoadBalancerContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Contract of every load balancer. One that serves HTTP extends LoadBalancerContract instead. */
class RoutesFileContractTest extends ApplyContract {

    @Override
    protected LoadBalancer create(TestLoadBalancerContext host) {
        return new RoutesFileFactory().create(new RoutesFileConfig(Optional.empty()), host);
    }

    @Override
    protected boolean isServed(TestLoadBalancerContext host, String hostName) throws IOException {
        return Files.readString(host.dataDirectory().resolve("routes.txt")).contains(hostName + "/ ");
    }

    /** Puts a folder in the place of the file that is written first. */
    @Override
    protected void prevent(TestLoadBalancerContext host) throws IOException {
        Files.createDirectory(obstacle(host));
    }

    @Override
    protected void allow(TestLoadBalancerContext host) throws IOException {
        Files.delete(obstacle(host));
    }

    private static Path obstacle(TestLoadBalancerContext host) {
        return host.dataDirectory().resolve("routes.txt.new");
    }
}
