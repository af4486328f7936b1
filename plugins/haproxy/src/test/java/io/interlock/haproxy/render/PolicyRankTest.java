package io.interlock.haproxy.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.loadbalancer.Omission;
import io.interlock.api.topology.Backend;
import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.Policy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class PolicyRankTest {

    private static final int SHUFFLES = 20;

    private final RenderSettings settings = GoldenInput.parse("").settings(Path.of("/data"));

    @Test
    void theOrderInWhichABackendHasItsPoliciesDoesNotMatter() {
        List<Policy> policies = new ArrayList<>(List.of(
                new Policy.HttpsOnly(308),
                new Policy.RequestIds(),
                new Policy.Unlogged(),
                new Policy.Compression(),
                new Policy.StrippedPath("/a"),
                new Policy.Redirects(
                        List.of(new Policy.Redirects.Redirect("/old", false, "https://b.com", false, 301))),
                new Policy.Sticky("c"),
                new Policy.SlowStart(Duration.ofSeconds(1)),
                new Policy.ConcurrencyLimit(3),
                new Policy.CheckThresholds(2, 3),
                new Policy.ProxyProtocol(2)));
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
        Policy policy = new Policy.Compression();

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

    private List<String> directives(List<Policy> policies) {
        return PolicyDirectives.of(backend(policies), settings).directives();
    }

    private static Backend backend(List<Policy> policies) {
        return new Backend("b", List.of(), new HealthCheck.Tcp(), List.of(), policies);
    }
}
