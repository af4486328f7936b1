package io.interlock.api.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class BackendTest {

    private static final HealthCheck TCP = new HealthCheck.Tcp();

    private static Server server(String name) {
        return new Server(
                "local/" + name, name, InetAddress.getLoopbackAddress(), 80, ServerState.READY, Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @CsvSource({
        "www.example.com, www_example_com",
        "localhost,       localhost",
        "a-b.com,         a-b_com",
        "a_b.com,         a__b_com",
        "*.example.com,   _example_com"
    })
    void aNameIsTheHostNameWithUnderscoresForDots(String hostName, String expected) {
        assertThat(Backend.nameFor(new HostName(hostName))).isEqualTo(expected);
    }

    @Test
    void noTwoHostNamesShareAName() {
        Map<String, HostName> seen = new HashMap<>();
        RandomGenerator random = new Random(42);
        for (int i = 0; i < 200_000; i++) {
            HostName hostName = randomName(random);
            HostName other = seen.put(Backend.nameFor(hostName), hostName);

            assertThat(other == null || other.equals(hostName))
                    .as("%s and %s (seed 42)", hostName, other)
                    .isTrue();
        }
    }

    /** Generates names of few letters, so that names differ in separators more than in anything else. */
    private static HostName randomName(RandomGenerator random) {
        List<String> separators = List.of(".", "_", "__", "-", "___", "");
        StringBuilder name = new StringBuilder(random.nextInt(4) == 0 ? "*.a" : "a");
        for (int i = random.nextInt(1, 6); i > 0; i--) {
            name.append(separators.get(random.nextInt(separators.size()))).append(random.nextBoolean() ? 'a' : 'b');
        }
        return new HostName(name.toString());
    }

    @Test
    void theLongestHostNameHasABackend() {
        String label = "a" + "_".repeat(61) + "a";
        HostName longest = new HostName(String.join(".", label, label, label, "a" + "_".repeat(59) + "a"));

        assertThat(new Backend(Backend.nameFor(longest), List.of(), TCP, List.of())
                        .name()
                        .length())
                .isGreaterThan(253);
    }

    @Test
    void serversAreSortedByNameAndCopied() {
        List<Server> servers = new ArrayList<>(List.of(server("b"), server("a")));
        List<String> options = new ArrayList<>(List.of("z", "a"));
        Backend backend = new Backend("x", servers, TCP, options);
        servers.clear();
        options.clear();

        assertThat(backend.servers()).extracting(Server::name).containsExactly("a", "b");
        assertThat(backend.options()).containsExactly("z", "a");
    }

    @Test
    void twoServersOfOneNameAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backend("x", List.of(server("a"), server("a")), TCP, List.of()))
                .withMessageContaining("two servers of backend x are named a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"httpclose", "forwardfor except 127.0.0.1 header X-Real", "a%[b]", "http-no-delay"})
    void wordsAreAnOption(String option) {
        assertThat(Backend.requireOption(option)).isEqualTo(option);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", " a", "a ", "a  b", "a\tb", "a\nb", "a\rb", "a'b", "a\"b", "a\\b", "a#b", "é", "a\u0000"
            })
    void anythingElseIsNone(String option) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Backend.requireOption(option))
                .withMessageStartingWith("not an option: ");
    }

    @Test
    void anOptionOfAbsurdLengthIsRefusedQuickly() {
        assertThatIllegalArgumentException().isThrownBy(() -> Backend.requireOption("x ".repeat(100_000) + "x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.b", "a b", "a\nb", "a/b", "*", "é"})
    void aBackendNameHasLettersDigitsHyphensAndUnderscores(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Backend(name, List.of(), TCP, List.of()));
    }
}
