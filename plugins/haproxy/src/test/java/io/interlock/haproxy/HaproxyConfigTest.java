package io.interlock.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.interlock.api.topology.AuthServerAddress;
import io.interlock.haproxy.fixture.HaproxyFixture;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class HaproxyConfigTest {

    @Test
    void everyKeyHasADefault() {
        HaproxyConfig config = HaproxyConfig.DEFAULTS;

        assertThat(config.stopTimeout()).isEqualTo(8_000);
        assertThat(config.reloadTimeout()).isEqualTo(20_000);
        assertThat(config.hardStopAfter()).isEqualTo(14_400_000);
        assertThat(config.threads()).isBetween(1, 4);
        assertThat(config.spareBackends()).isEqualTo(64);
        assertThat(config.connectTryTime(Duration.ofSeconds(5))).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void oneTryToConnectNeverTakesLongerThanAllOfThemMay() {
        assertThat(HaproxyConfig.DEFAULTS.connectTryTime(Duration.ofMillis(100)))
                .isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void aNumberOutOfRangeIsNamedWithItsKeyAndRange() {
        assertThatThrownBy(() -> HaproxyFixture.config(Map.of("threads", 65)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("threads is 65, expected 1 to 64");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::", "fd00::1"})
    void anAddressCanBeChosen(String address) {
        assertThat(withBind(address).bindAddress()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "*", "999.1.1.1", "1.2.3", "127.0.0.1:80", ":::80:"})
    void whatIsNoAddressIsRefused(String text) {
        assertThatThrownBy(() -> withBind(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("bind", text);
    }

    @Test
    void anHaproxyOfSomebodyElseNeedsASharedFolder() {
        assertThat(inMode("external", Optional.of(Path.of("/run/shared")), Optional.of("99"))
                        .isExternal())
                .isTrue();
        assertThatThrownBy(() -> inMode("external", Optional.empty(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("shared_dir is missing");
        assertThatThrownBy(() -> inMode("managed", Optional.of(Path.of("/run/shared")), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("for mode \"external\" only");
        assertThatThrownBy(() -> inMode("remote", Optional.empty(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("mode is \"remote\", expected \"managed\" or \"external\"");
        assertThatThrownBy(() -> inMode("external", Optional.of(Path.of("/run/shared")), Optional.of("a b")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("shared_group is \"a b\"");
    }

    @Test
    void aServerThatAuthenticatesHasANameAndAUrl() {
        HaproxyConfig config = HaproxyFixture.withAuthServers(
                Path.of("/bin/haproxy"), Map.of("sso_1", "http://127.0.0.1:9091/verify"), 100);
        assertThat(config.authServerAddresses())
                .containsExactly(Map.entry("sso_1", AuthServerAddress.of("http://127.0.0.1:9091/verify")));
        assertThat(HaproxyConfig.DEFAULTS.authServerAddresses()).isEmpty();
        assertThat(HaproxyConfig.DEFAULTS.authTimeout()).isEqualTo(5_000);
    }

    @ParameterizedTest
    @CsvSource({
        "a b, http://a/, auth_servers has the name \"a b\"",
        "http://a/, http://a/, auth_servers has the name",
        "sso, https://a/, auth_servers.sso is not the address of a server that authenticates",
        "sso, , auth_servers.sso is not the address of a server that authenticates"
    })
    void aServerThatAuthenticatesWithoutEitherIsRefused(String name, @Nullable String url, String message) {
        Map<String, @Nullable String> servers = new HashMap<>();
        servers.put(name, url);
        assertThatThrownBy(() -> HaproxyFixture.withAuthServers(Path.of("/bin/haproxy"), servers, 100))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
        assertThatThrownBy(() -> HaproxyFixture.withAuthServers(Path.of("/bin/haproxy"), Map.of(), 99))
                .hasMessage("auth_timeout is 99, expected 100 to 60000");
    }

    @Test
    void instancesAreAddressesOrNames() {
        HaproxyConfig config = HaproxyFixture.config(
                Map.of("instances", List.of("192.0.2.11", "tasks.interlock"), "instance", "192.0.2.11"));
        assertThat(config.instances()).containsExactly("192.0.2.11", "tasks.interlock");
        assertThat(config.instancesPort()).isEqualTo(9102);
        assertThat(HaproxyConfig.DEFAULTS.instances()).isEmpty();

        assertThatThrownBy(() -> HaproxyFixture.config(Map.of("instances", List.of("192.0.2.11:9102"))))
                .hasMessage("instances has \"192.0.2.11:9102\", expected the address of a host, or a name of DNS");
        assertThatThrownBy(() -> HaproxyFixture.config(Map.of("instances", Arrays.asList("a", null))))
                .hasMessageStartingWith("instances has \"null\"");
        assertThatThrownBy(() -> HaproxyFixture.config(Map.of("instance", "192.0.2.11")))
                .hasMessage("instances is missing, which instance needs");
        assertThatThrownBy(() -> HaproxyFixture.config(Map.of("instances_port", 65_536)))
                .hasMessage("instances_port is 65536, expected 1 to 65535");
    }

    private static HaproxyConfig inMode(String mode, Optional<Path> sharedDir, Optional<String> sharedGroup) {
        Map<String, String> section = new HashMap<>(Map.of("mode", mode));
        sharedDir.ifPresent(folder -> section.put("shared_dir", folder.toString()));
        sharedGroup.ifPresent(group -> section.put("shared_group", group));
        return HaproxyFixture.config(section);
    }

    private static HaproxyConfig withBind(String bind) {
        return HaproxyFixture.config(Map.of("bind", bind));
    }
}
