package io.interlock.caddy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.interlock.api.dialect.DialectInput;
import io.interlock.api.dialect.LabelDialect;
import io.interlock.testkit.DialectCaseReader;
import io.interlock.testkit.DialectContract;
import io.interlock.testkit.DialectText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class CaddyContractTest extends DialectContract {

    @Override
    protected LabelDialect dialect() {
        return new CaddyDialect(config(Optional.empty(), Optional.empty(), Optional.empty()));
    }

    private static CaddyConfig config(
            Optional<String> prefix, Optional<List<String>> networks, Optional<Boolean> automaticHttps) {
        return new CaddyConfig(
                prefix,
                networks,
                automaticHttps,
                Optional.empty(),
                Optional.empty(),
                Optional.of(Map.of(
                        "caddy", "(shared)",
                        "caddy.basic_auth.alice", "$2y$05$abc")),
                Optional.of(Map.of("https://sso.example.com", "sso")));
    }

    @Override
    protected List<DialectCase> table() {
        return DialectCaseReader.read(CaddyContractTest.class, "cases.txt");
    }

    @Test
    void theTableIsLarge() {
        assertThat(table()).hasSizeGreaterThanOrEqualTo(80);
    }

    @Test
    void thePrefixOfLabelsIsThatOfTheConfiguration() {
        LabelDialect dialect = new CaddyDialect(config(Optional.of("proxy"), Optional.empty(), Optional.empty()));

        assertThat(dialect.sources().labelPrefixes()).containsExactly("proxy");
        assertThat(text(dialect, Map.of("proxy", "http://a.example.com", "proxy.reverse_proxy", "{{upstreams 80}}")))
                .isEqualTo("hostname=a.example.com port=80");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config(Optional.of(""), Optional.empty(), Optional.empty()))
                .withMessageContaining("label_prefix");
    }

    @Test
    void theNetworkOfAllContainersCountsForThoseThatAreInIt() {
        LabelDialect dialect =
                new CaddyDialect(config(Optional.empty(), Optional.of(List.of("caddy", "bridge")), Optional.empty()));

        assertThat(text(dialect, Map.of("caddy", "http://a.example.com", "caddy.reverse_proxy", "{{upstreams}}")))
                .isEqualTo("hostname=a.example.com network=bridge port=80");
    }

    @Test
    void withoutAutomaticHttpsNamesAreServedOverHttp() {
        LabelDialect dialect = new CaddyDialect(config(Optional.empty(), Optional.empty(), Optional.of(false)));

        assertThat(text(dialect, Map.of("caddy", "a.example.com", "caddy.reverse_proxy", "{{upstreams}}")))
                .isEqualTo("hostname=a.example.com port=80");
    }

    private static String text(LabelDialect dialect, Map<String, String> labels) {
        return DialectText.of(
                dialect.translate(new DialectInput("web", labels, Map.of(), List.of(80), List.of("bridge"))));
    }
}
