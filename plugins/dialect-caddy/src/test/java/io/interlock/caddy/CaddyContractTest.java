package io.interlock.caddy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.interlock.api.dialect.DialectFinding;
import io.interlock.api.dialect.DialectInput;
import io.interlock.api.dialect.DialectTranslation;
import io.interlock.api.dialect.LabelDialect;
import io.interlock.testkit.DialectCaseReader;
import io.interlock.testkit.DialectContract;
import io.interlock.testkit.DialectText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void snippetsThatImportEachOtherManyTimesTakeLittleWork() {
        Map<String, String> labels = new HashMap<>(Map.of("caddy", "a.example.com", "caddy.import", "s1"));
        for (int i = 1; i <= 7; i++) {
            labels.put("caddy_" + i, "(s" + i + ")");
            for (int j = 0; j < 50; j++) {
                labels.put("caddy_" + i + "." + j + "_import", "s" + (i + 1));
            }
        }
        labels.put("caddy_8", "(s8)");
        labels.put("caddy.reverse_proxy", "{{upstreams}}");

        assertThat(text(dialect(), labels)).isEqualTo("; LEFT_OUT caddy");
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void argumentsOfSnippetsStaySmall() {
        Map<String, String> labels = new HashMap<>(Map.of("caddy", "a.example.com", "caddy.import", "s1 aaaaaaaaaaaa"));
        for (int i = 1; i <= 6; i++) {
            labels.put("caddy_" + i, "(s" + i + ")");
            labels.put("caddy_" + i + ".import", "s" + (i + 1) + " " + "{args[0]}".repeat(1_000));
        }
        labels.put("caddy_7", "(s7)");
        labels.put("caddy_7.header", "X-Large {args[0]}");
        Map<String, String> among = new HashMap<>(Map.of(
                "caddy", "a.example.com",
                "caddy.import",
                        "s "
                                + IntStream.range(1, 9)
                                        .mapToObj(i -> "{args[" + i + "]}".repeat(500))
                                        .collect(Collectors.joining(" ")),
                "caddy_1", "(s)",
                "caddy_1.header", "X-Large {args[0]}"));

        assertThat(text(dialect(), labels)).contains("LEFT_OUT caddy_").hasSizeLessThan(1_000);
        assertThat(text(dialect(), among)).contains("LEFT_OUT caddy_1.header").hasSizeLessThan(1_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"header_", "redir_", "basic_auth_", "handle_", "reverse_proxy_"})
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void manyDirectivesForManyPathsTakeLittleWork(String directive) {
        for (int most : List.of(20, 50, 1_000)) {
            Map<String, String> labels = new HashMap<>(Map.of("caddy", "a.example.com", "caddy_1", "(s)"));
            labels.put(
                    "caddy.@many",
                    "path "
                            + IntStream.range(1, most)
                                    .mapToObj(i -> "/p".repeat(i % 50 + 1) + i / 50 + "/*")
                                    .collect(Collectors.joining(" ")));
            for (int i = 0; i < 48; i++) {
                labels.put("caddy." + i + "_import", "s");
                labels.put("caddy." + i + "_handle", "/p/" + i + "/*");
                labels.put("caddy." + i + "_handle.reverse_proxy", "{{upstreams}}");
                if (i < 7) {
                    labels.put("caddy_1." + directive + i, "@many /to 302");
                }
            }
            labels.put("caddy." + "handle.".repeat(15) + "header", "X-Name value");
            for (int i = 1; i < 15; i++) {
                labels.put("caddy" + ".handle".repeat(i), "@many");
            }
            labels.put("caddy.reverse_proxy", "@many {{upstreams}}");

            DialectTranslation translation =
                    dialect().translate(new DialectInput("web", labels, Map.of(), List.of(80), List.of("bridge")));
            assertThat(translation.routes().size() > 50
                            || translation.findings().stream()
                                    .anyMatch(finding -> finding.effect() == DialectFinding.Effect.LEFT_OUT))
                    .as("%d paths", most)
                    .isTrue();
        }
    }

    private static String text(LabelDialect dialect, Map<String, String> labels) {
        return DialectText.of(
                dialect.translate(new DialectInput("web", labels, Map.of(), List.of(80), List.of("bridge"))));
    }
}
