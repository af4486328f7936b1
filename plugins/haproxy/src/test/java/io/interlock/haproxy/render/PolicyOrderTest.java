package io.interlock.haproxy.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.topology.Backend;
import io.interlock.api.topology.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The order of a backend's rules is written down, and depends on nothing else. */
@Tag("unit")
class PolicyOrderTest {

    @Test
    void everyKindHasItsPlace() {
        assertThat(PolicyDirectives.ORDER)
                .doesNotHaveDuplicates()
                .extracting(Class::getName)
                .containsExactlyInAnyOrderElementsOf(List.of(Policy.class.getPermittedSubclasses()).stream()
                        .map(Class::getName)
                        .toList());
    }

    @Test
    void theOrderOfThePoliciesDoesNotMatter() throws IOException {
        String golden = Files.readString(Path.of("src/test/resources/golden/policies.txt"));
        GoldenInput input = GoldenInput.parse(golden.split("----------\n", 2)[0]);
        RenderSettings settings = input.settings(Path.of("/var/lib/interlock/haproxy"));
        Random random = new Random(7);

        for (Backend backend : input.topology().backends()) {
            List<Policy> policies = new ArrayList<>(oneOfAKind(backend.policies()));
            List<String> expected =
                    PolicyDirectives.of(with(backend, policies), settings).directives();
            for (int round = 0; round < 20; round++) {
                Collections.shuffle(policies, random);
                assertThat(PolicyDirectives.of(with(backend, policies), settings)
                                .directives())
                        .isEqualTo(expected);
            }
        }
    }

    private static List<Policy> oneOfAKind(List<Policy> policies) {
        Set<Class<?>> kinds = new HashSet<>();
        return policies.stream().filter(policy -> kinds.add(policy.getClass())).toList();
    }

    private static Backend with(Backend backend, List<Policy> policies) {
        return new Backend(backend.name(), backend.servers(), backend.healthCheck(), backend.options(), policies);
    }
}
