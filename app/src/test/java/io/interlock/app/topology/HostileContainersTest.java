package io.interlock.app.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.topology.Backend;
import io.interlock.app.RandomTestRounds;
import io.interlock.app.config.ContainerPolicy;
import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.NetworkLocation;
import io.interlock.app.pipeline.PipelineResult;
import io.interlock.app.pipeline.TestPipeline;
import io.interlock.app.topology.field.ContainerField;
import io.interlock.app.topology.findings.Finding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class HostileContainersTest {

    private static final int ROUNDS = RandomTestRounds.of(30, 1_000);
    private static final int CONTAINERS_A_ROUND = 100;
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029]");
    private static final Pattern DANGEROUS_IN_OPTION = Pattern.compile("[^!-~ ]|['\"#\\\\]");

    /** Every field of the table, and keys that resemble one. */
    private static final List<String> FIELDS = Stream.concat(
                    Arrays.stream(ContainerField.values()).flatMap(field -> field.names().stream()),
                    Stream.of(
                            "routes",
                            "routes.a.path",
                            "routes.a.match_headers",
                            "routes.b.alias_domains",
                            "routes.b.priority",
                            "routes.b.mode",
                            "routes.b.listen",
                            "response_headers.0",
                            "backend_option.7",
                            "alias_domains.0",
                            "prot",
                            "policies",
                            "",
                            "\n",
                            "x".repeat(99)))
            .toList();

    private static final List<String> TEXTS = List.of(
            "www.example.com",
            "",
            " ",
            "a\nserver evil 1.2.3.4:80",
            "a\r\n",
            "'",
            "\"",
            "`id`",
            "#",
            "=",
            "${HOME}",
            "%[env(HOME)]",
            "$(reboot)",
            "\\",
            "\u0000",
            "\u202ecom.example",
            "\ud800",
            "*.example.com",
            "*",
            "-f",
            "../../etc/passwd",
            "unix@/var/run/docker.sock",
            "a_b_".repeat(60) + "c",
            "_".repeat(40),
            ("a" + "_".repeat(60) + "b.").repeat(4) + "c",
            "a.".repeat(120) + "a",
            "x".repeat(300),
            "x ".repeat(20_000),
            "bücher.example",
            "xn--" + "\u00fc".repeat(70) + ".example",
            "httpchk GET /",
            "httpchk GET /\nserver x",
            "httpchk GET / HTTP/1.1\\r\\nHost:\\ a.com\\r\\nX:\\ y",
            "option httpclose",
            "forceclose",
            "/api",
            "/api\nserver x",
            "10.0.0.0/8",
            "10.0.0.0/8\n",
            "100/s",
            "10m",
            "308",
            "max-age=60; preload",
            "alice:$5$abc$qsg6EHbUzHQzF1POlD7zUwBINSELQxypPaeDcZe6vH0",
            "alice:$5$a\nuser eve$qsg6EHbUzHQzF1POlD7zUwBINSELQxypPaeDcZe6vH0",
            "https://app.example.com",
            "https://app.example.com\nacl",
            "X-A: b",
            "X-A: b\r\nX-B: c",
            "X-A: %[env(HOME)]",
            "leastconn",
            "tcp",
            "tls",
            "5432",
            "~^pr-[0-9]+\\.example\\.com$",
            "~^(a+)+$",
            "~^a\nb$",
            "X-Canary",
            "a=b",
            "/old/* /new/*",
            "/old https://x.example/%[env(HOME)]",
            "200-299",
            "-7",
            "SRV",
            "8080",
            "true",
            "99999999999999999999");

    private static final List<String> LITERALS = List.of(
            "null",
            "true",
            "0",
            "-1",
            "80",
            "65536",
            "1e999",
            "1.5",
            "[]",
            "{}",
            "[[[]]]",
            "[1,null,{}]",
            "[{\"path\": \"/a\"}, {\"path\": \"/b\", \"match_headers\": [\"X-A: b\\nserver x\"]}]",
            "[{\"path\": \"/a\"}, {\"match_cookies\": [\"a=%[env(HOME)]'\"], \"priority\": 3}]",
            "{\"a\": {\"hostname\": \"~^x[a-c]+$\"}, \"b\": {\"default\": true}, \"c\\nd\": {}}",
            "nan",
            "",
            "{",
            "99999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999");

    @Test
    void nothingThatContainersSayMakesAssemblingFailOrReachesTheTopologyUnchecked() {
        for (long seed = 0; seed < ROUNDS; seed++) {
            List<ContainerFacts> fleet = fleet(new Random(seed));
            try {
                PipelineResult assembly = new TestPipeline(
                                new ContainerPolicy(Optional.of(new ContainerPolicy.PortRange(5000, 6000))))
                        .assemble(
                                ContainerFactsBuilder.inventory(new NetworkLocation.OnHost(), fleet),
                                ContainerFactsBuilder.admitting(Set.of()));
                check(assembly, fleet);
            } catch (RuntimeException | AssertionError | StackOverflowError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    private static void check(PipelineResult assembly, List<ContainerFacts> fleet) {
        assertThat(assembly.topology().virtualHosts()).isNotEmpty();
        assertThat(assembly.topology().virtualHosts().toString()).doesNotContain("evil", "eve", "\n", "\r");
        for (Backend backend : assembly.topology().backends()) {
            assertThat(backend.servers()).isNotEmpty();
            assertThat(backend.policies().toString()).doesNotContain("evil", "eve", "\n", "\r");
            assertThat(backend.options())
                    .noneMatch(option -> DANGEROUS_IN_OPTION.matcher(option).find());
        }
        for (Finding finding : assembly.findings()) {
            assertThat(List.of(finding.containerName(), finding.field(), finding.value(), finding.message()))
                    .noneMatch(text -> UNPRINTABLE.matcher(text).find())
                    .noneMatch(text -> text.length() > 600);
        }
        assertThat(assembly.findings()).hasSizeLessThan(fleet.size() * 60);
        assertThat(assembly.findings()).isSorted();
    }

    private static List<ContainerFacts> fleet(RandomGenerator random) {
        List<ContainerFacts> fleet = new ArrayList<>();
        fleet.add(ContainerFactsBuilder.web("good.example.com").facts());
        for (int i = 1; i < CONTAINERS_A_ROUND; i++) {
            ContainerFactsBuilder container = ContainerFactsBuilder.named(
                            "c" + i + (random.nextInt(9) == 0 ? pick(random, TEXTS) : ""))
                    .hostname(random.nextBoolean() ? "web" + random.nextInt(50) + ".example.com" : pick(random, TEXTS))
                    .domainname(random.nextInt(4) == 0 ? pick(random, TEXTS) : "")
                    .createdAfter(random.nextInt(3))
                    .exposes(80);
            if (random.nextInt(5) > 0) {
                container.data(document(random));
            }
            for (int label = random.nextInt(4); label > 0; label--) {
                container.label("interlock." + pick(random, FIELDS), pick(random, TEXTS));
            }
            if (random.nextInt(20) == 0) {
                container.networkMode(pick(random, TEXTS));
            }
            fleet.add(container.facts());
        }
        return fleet;
    }

    private static String document(RandomGenerator random) {
        StringBuilder document = new StringBuilder("{");
        for (int i = random.nextInt(5); i > 0; i--) {
            document.append(quoted(pick(random, FIELDS)))
                    .append(':')
                    .append(value(random))
                    .append(i > 1 ? "," : "");
        }
        document.append('}');
        if (random.nextInt(10) == 0) {
            document.deleteCharAt(random.nextInt(document.length()));
        }
        return document.toString();
    }

    private static String value(RandomGenerator random) {
        return switch (random.nextInt(4)) {
            case 0 -> pick(random, LITERALS);
            case 1 -> quoted(pick(random, TEXTS));
            case 2 -> "[" + quoted(pick(random, TEXTS)) + "," + quoted(pick(random, TEXTS)) + "]";
            default -> String.valueOf(random.nextInt(70_000));
        };
    }

    /** The text as JSON; a line break sometimes stays raw, which makes the document malformed. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
            } else if (c < 0x20) {
                quoted.append("\\u%04x".formatted(c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append('"').toString();
    }

    private static <T> T pick(RandomGenerator random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
