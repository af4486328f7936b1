package io.interlock.haproxy.render.directive;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.loadbalancer.Omission;
import io.interlock.api.topology.Backend;
import io.interlock.api.topology.BackendPolicy;
import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.HostName;
import io.interlock.haproxy.render.GoldenInput;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class PolicyOrderTest {

    private static final int SHUFFLES = 20;

    private final RenderSettings settings = GoldenInput.parse("").settings(Path.of("/data"));

    @Test
    void theOrderInWhichABackendHasItsPoliciesDoesNotMatter() {
        List<BackendPolicy> policies = new ArrayList<>(List.of(
                new BackendPolicy.HttpsOnly(308),
                new BackendPolicy.RequestIds(),
                new BackendPolicy.TraceContext(BackendPolicy.TraceContext.Origin.ALSO_HERE, 50),
                new BackendPolicy.Unlogged(),
                new BackendPolicy.Compression(),
                new BackendPolicy.Upgrades(List.of("tcp")),
                new BackendPolicy.UpstreamHost(new HostName("a.example.com"), OptionalInt.empty()),
                new BackendPolicy.StrippedPath("/a"),
                new BackendPolicy.Redirects(
                        List.of(new BackendPolicy.Redirects.Redirect("/old", false, "https://b.com", false, 301))),
                new BackendPolicy.Sticky("c"),
                new BackendPolicy.SlowStart(Duration.ofSeconds(1)),
                new BackendPolicy.ConcurrencyLimit(3),
                new BackendPolicy.CheckThresholds(2, 3),
                new BackendPolicy.ProxyProtocol(2)));
        List<String> expected = directives(policies);
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < SHUFFLES; i++) {
            Collections.shuffle(policies, random);

            assertThat(directives(policies)).as("seed " + seed).isEqualTo(expected);
        }
    }

    @Test
    void whatMeansNothingForTcpIsToldByTheFieldOfTheContainer() {
        BackendPolicy policy = new BackendPolicy.Compression();

        List<Omission> omissions =
                PolicyDirectives.ofTcp(backend(List.of(policy)), settings).omissions();

        assertThat(omissions)
                .containsExactly(new Omission(
                        "b",
                        Optional.empty(),
                        "compression",
                        policy.toString(),
                        "means nothing for TCP; no connection is passed on"));
    }

    private List<String> directives(List<BackendPolicy> policies) {
        return PolicyDirectives.of(backend(policies), settings).directives();
    }

    private static Backend backend(List<BackendPolicy> policies) {
        return new Backend("b", List.of(), new HealthCheck.Tcp(), List.of(), policies);
    }
}
