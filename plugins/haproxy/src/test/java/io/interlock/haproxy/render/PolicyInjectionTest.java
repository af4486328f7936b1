package io.interlock.haproxy.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.topology.Backend;
import io.interlock.api.topology.BackendPolicy;
import io.interlock.api.topology.BackendPolicy.BasicAuthentication.User;
import io.interlock.api.topology.HeaderChange;
import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Topology;
import io.interlock.haproxy.render.ParsedConfig.Section;
import io.interlock.haproxy.render.directive.RenderSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever the texts of policies, the rendered configuration has the same shape as with harmless texts: the same number
 * of lines with the same numbers of words.
 */
@Tag("haproxy")
class PolicyInjectionTest {

    private static final int BACKENDS = 300;
    private static final String VISIBLE =
            IntStream.rangeClosed('!', '~').mapToObj(Character::toString).collect(Collectors.joining());
    private static final String TRICKS = " %[]{}\"'\\$#;|`()" + VISIBLE;
    /** Hash with the fewest rounds possible: HAProxy 3.4 warns of hashes that take this machine long. */
    private static final String HASH = "$5$rounds=1000$abc$Mz4DiYKTnNKbZLo/mIp3d8Y4aQBhv3uhSwxLDy55/Y8";

    private static final List<String> UGLY = List.of(
            "'",
            "''",
            "\\",
            "\\'",
            "%",
            "%%",
            "%[env(HOME)]",
            "\"",
            "' } deny #",
            "${HOME}",
            "$(id)",
            "a b  c",
            "\\n",
            "%[",
            "%{",
            "if TRUE");

    @TempDir
    Path folder;

    @Test
    void noTextOfAPolicyBecomesAWordOrALineOfItsOwn() throws Exception {
        long seed = new Random().nextLong();
        RandomGenerator random = new Random(seed);
        List<Backend> ugly = new ArrayList<>();
        List<Backend> plain = new ArrayList<>();
        for (int i = 0; i < BACKENDS; i++) {
            int kind = random.nextInt(8);
            ugly.add(backend(i, policy(kind, random)));
            plain.add(backend(i, policy(kind, null)));
        }
        RenderedConfig rendered = render(ugly, folder);
        List<Section> sections = ParsedConfig.parse(rendered.config()).sections();

        assertThat(shape(sections))
                .as("seed " + seed)
                .isEqualTo(
                        shape(ParsedConfig.parse(render(plain, folder).config()).sections()));
        for (RealHaproxy haproxy : RealHaproxy.all()) {
            haproxy.assertValid(rendered, folder);
        }
    }

    private static List<String> shape(List<Section> sections) {
        List<String> shape = new ArrayList<>();
        for (Section section : sections) {
            if (!section.head().getFirst().equals("userlist")) {
                shape.add(String.join(" ", section.head()));
                section.lines().stream()
                        // The space for headers follows from their lengths.
                        .filter(line -> !line.getFirst().startsWith("tune."))
                        .forEach(line -> shape.add(line.getFirst() + " of " + line.size()));
            }
        }
        return shape;
    }

    /**
     * @param random source of difficult texts; null for harmless ones
     */
    private static BackendPolicy policy(int kind, @Nullable RandomGenerator random) {
        return switch (kind) {
            case 0 -> new BackendPolicy.RequestHeaders(List.of(header(random)));
            case 1 -> new BackendPolicy.ResponseHeaders(List.of(header(random)));
            case 2 -> {
                String salt = random == null ? "abc" : text(random, "./aZ09", 16);
                yield new BackendPolicy.BasicAuthentication(List.of(
                        new User(random == null ? "alice" : text(random, "aZ09._@-", 64), HASH.replace("abc", salt))));
            }
            case 3 ->
                new BackendPolicy.CanonicalName(
                        new HostName(random == null ? "example.com" : "a" + text(random, "a0", 50) + ".com"), 308);
            case 4 ->
                new BackendPolicy.CrossOrigin(
                        List.of("https://" + (random == null ? "a" : "a" + text(random, "a.-", 200) + "a")),
                        List.of("PUT"),
                        List.of(random == null ? "X" : text(random, "aZ09_.-", 128)),
                        true,
                        Duration.ZERO);
            case 5 -> new BackendPolicy.Sticky(random == null ? "SRV" : "a" + text(random, "aZ09_-", 63));
            case 6 ->
                new BackendPolicy.ForwardAuthentication(
                        "http://10.0.0.1/" + (random == null ? "a" : text(random, "aZ09._~!$&()*+,;=:@%/?-", 900)),
                        List.of(random == null ? "x" : "x" + text(random, "aZ09_.-", 120)),
                        List.of(random == null ? "x" : "x" + text(random, "aZ09_.-", 120)),
                        random != null && random.nextBoolean());
            default -> new BackendPolicy.Maintenance(Duration.ofSeconds(5));
        };
    }

    private static HeaderChange header(@Nullable RandomGenerator random) {
        if (random == null) {
            return HeaderChange.set("X-A", "harmless");
        }
        String value = random.nextInt(3) == 0
                ? UGLY.get(random.nextInt(UGLY.size()))
                : text(random, TRICKS, random.nextInt(4) == 0 ? 2048 : 20).strip();
        return HeaderChange.set("X" + text(random, "aZ09_.-", 127), value.isEmpty() ? "%" : value);
    }

    private static String text(RandomGenerator random, String characters, int most) {
        return random.ints(1 + random.nextInt(most), 0, characters.length())
                .mapToObj(i -> characters.substring(i, i + 1))
                .collect(Collectors.joining());
    }

    private static Backend backend(int number, BackendPolicy policy) {
        return new Backend("b" + number, List.of(), new HealthCheck.Tcp(), List.of(), List.of(policy));
    }

    private static RenderedConfig render(List<Backend> backends, Path folder) throws Exception {
        RenderSettings settings = GoldenInput.parse("version 2.6").settings(folder);
        ConfigTemplate template = BuiltInTemplate.get();
        return new ConfigRenderer(settings)
                .render(new DesiredConfigFactory(settings).of(new Topology(List.of(), backends), template), template);
    }
}
