package io.interlock.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.interlock.api.SecretText;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class StatsConfigTest {

    @Test
    void withoutASectionItListensOnLoopbackAlone() {
        StatsConfig config = config(Optional.empty(), Optional.empty(), false, false);
        assertThat(config.listenAddress().getAddress().isLoopbackAddress()).isTrue();
        assertThat(config.listenAddress().getPort()).isEqualTo(9101);
        assertThat(config.maxConnections()).isEqualTo(256);
        assertThat(config.maxConnectionsPerClient()).isEqualTo(64);
    }

    @Test
    void beyondLoopbackItWantsAPasswordOrTlsOrToBeToldOtherwise() {
        assertThatThrownBy(() -> config(Optional.of("0.0.0.0"), Optional.empty(), false, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bind is 0.0.0.0")
                .hasMessageContaining("allow_unprotected");
        assertThat(config(Optional.of("0.0.0.0"), Optional.of("ops"), false, false)
                        .user())
                .contains("ops");
        assertThat(config(Optional.of("0.0.0.0"), Optional.empty(), true, false).tlsCert())
                .isPresent();
        assertThat(config(Optional.of("::"), Optional.empty(), false, true).allowUnprotected())
                .isTrue();
    }

    @Test
    void aNameIsNeverLookedUp() {
        assertThatThrownBy(() -> config(Optional.of("localhost"), Optional.empty(), false, false))
                .hasMessageContaining("bind is no IP address: localhost");
    }

    @Test
    void userAndPasswordNeedEachOther() {
        assertThatThrownBy(() -> new StatsConfig(
                        Optional.empty(),
                        null,
                        Optional.of("ops"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        null,
                        null,
                        null,
                        null,
                        Optional.empty(),
                        List.of()))
                .hasMessageContaining("password is missing");
    }

    @Test
    void thePasswordDoesNotShow() {
        assertThat(config(Optional.empty(), Optional.of("ops"), false, false).toString())
                .doesNotContain("secret");
    }

    @Test
    void aWebhookNeedsAnAddressAndALongSecretAndShowsNeither() {
        SecretText address = SecretText.of("https://hooks.example.com/T0/token?x=1");
        assertThat(new StatsConfig.Webhook(address, Optional.of(SecretText.of("0123456789abcdef"))).toString())
                .doesNotContain("token", "0123456789abcdef");
        assertThatThrownBy(() -> new StatsConfig.Webhook(null, Optional.empty()))
                .hasMessageContaining("webhooks.url is missing");
        for (String wrong :
                List.of("", "hooks.example.com", "ftp://a/b", "http://u:p@a/b", "http:///b", "http://a/ b")) {
            assertThatThrownBy(() -> new StatsConfig.Webhook(SecretText.of(wrong), Optional.empty()))
                    .as(wrong)
                    .hasMessageContaining("expected http://HOST/PATH")
                    .hasMessageNotContaining("u:p");
        }
        assertThatThrownBy(() -> new StatsConfig.Webhook(address, Optional.of(SecretText.of("short"))))
                .hasMessageContaining("at least 16 characters")
                .hasMessageNotContaining("\"short");
    }

    @Test
    void thereAreAtMostTenWebhooks() {
        StatsConfig.Webhook webhook =
                new StatsConfig.Webhook(SecretText.of("http://hooks.example.com/"), Optional.empty());
        assertThatThrownBy(() -> new StatsConfig(
                        Optional.empty(),
                        null,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        null,
                        null,
                        null,
                        null,
                        Optional.empty(),
                        Collections.nCopies(11, webhook)))
                .hasMessageContaining("expected at most 10");
    }

    @Test
    void carbonsAddressHasAPortOfItsOwnOrTheUsualOne() {
        assertThat(new StatsConfig.Graphite("carbon.example:2103", null, null, null))
                .satisfies(graphite -> assertThat(graphite.host()).isEqualTo("carbon.example"))
                .satisfies(graphite -> assertThat(graphite.targetPort()).isEqualTo(2103));
        assertThat(new StatsConfig.Graphite("[::1]:2103", null, null, null).host())
                .isEqualTo("::1");
        assertThat(new StatsConfig.Graphite("carbon", null, null, null).targetPort())
                .isEqualTo(2003);
        assertThatThrownBy(() -> new StatsConfig.Graphite("carbon:x", null, null, null))
                .hasMessageContaining("graphite.address");
        assertThatThrownBy(() -> new StatsConfig.Graphite("carbon", "a b", null, null))
                .hasMessageContaining("graphite.prefix");
        assertThatThrownBy(() -> new StatsConfig.Graphite("carbon", null, null, "("))
                .hasMessageContaining("graphite.images");
    }

    private static StatsConfig config(Optional<String> bind, Optional<String> user, boolean tls, boolean unprotected) {
        Optional<Path> file = tls ? Optional.of(Path.of("x.pem")) : Optional.empty();
        return new StatsConfig(
                bind,
                null,
                user,
                user.map(name -> SecretText.of("secret")),
                file,
                file,
                unprotected,
                null,
                null,
                null,
                Optional.empty(),
                List.of());
    }
}
