package com.example.interlock.nginx;

import io.interlock.api.loadbalancer.LoadBalancer;
import io.interlock.testkit.LoadBalancerContract;
import io.interlock.testkit.TestLoadBalancerContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;

/** Contract of every load balancer. */
@Tag("engine")
class NginxContractTest extends LoadBalancerContract {

    @Override
    protected LoadBalancer create(TestLoadBalancerContext host) throws Exception {
        allow(host);
        NginxConfig config = new NginxConfig(
                host.settings().port(), Optional.empty(), Optional.of(template(host)), 2, null, 1_000, null);
        return new NginxFactory().create(config, host);
    }

    @Override
    protected void prevent(TestLoadBalancerContext host) throws IOException {
        Files.writeString(template(host), "no_directive_of_nginx;\n");
    }

    @Override
    protected void allow(TestLoadBalancerContext host) throws IOException {
        Files.writeString(template(host), new NginxTemplate(Optional.empty()).text());
    }

    private static Path template(TestLoadBalancerContext host) {
        return host.dataDirectory().resolve("template.mustache");
    }
}
