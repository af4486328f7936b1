package io.interlock.traefik;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("unit")
class TraefikContractTest extends DialectContract {

    private static final Map<String, String> SHARED = Map.of(
            "traefik.http.middlewares.shared.ipallowlist.sourcerange", "10.0.0.0/8",
            "traefik.http.middlewares.plain.compress", "true");

    @Override
    protected LabelDialect dialect() {
        return new TraefikDialect(config(true, Optional.empty()));
    }

    private static TraefikConfig config(boolean exposed, Optional<String> rule) {
        return new TraefikConfig(
                Optional.of(exposed),
                rule,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Map.of("postgres", 5432, "secure-tcp", 8443)),
                Optional.of(SHARED),
                Optional.empty(),
                Optional.of(Map.of("https://sso.example.com/verify", "sso")));
    }

    @Override
    protected List<DialectCase> table() {
        return DialectCaseReader.read(TraefikContractTest.class, "cases.txt");
    }

    @Test
    void theTableIsLarge() {
        assertThat(table()).hasSizeGreaterThan(150);
    }

    @Test
    void withoutExposureByDefaultAContainerMustSayThatItIsServed() {
        LabelDialect dialect = new TraefikDialect(config(false, Optional.empty()));

        assertThat(text(dialect, Map.of("traefik.http.routers.web.rule", "Host(`a.example.com`)")))
                .isEqualTo("enable=false");
        assertThat(text(
                        dialect,
                        Map.of("traefik.enable", "true", "traefik.http.routers.web.rule", "Host(`a.example.com`)")))
                .isEqualTo("hostname=a.example.com");
    }

    @Test
    void withADefaultRuleAContainerNeedsNoLabels() {
        LabelDialect dialect =
                new TraefikDialect(config(true, Optional.of("Host(`{{ normalize .Name }}.example.com`)")));

        assertThat(text(dialect, Map.of())).isEqualTo("hostname=my-web.example.com");
        assertThat(text(dialect, Map.of("traefik.http.services.web.loadbalancer.server.port", "8080")))
                .isEqualTo("hostname=my-web.example.com port=8080");
        assertThat(text(dialect, Map.of("traefik.enable", "false"))).isEqualTo("enable=false");
        assertThat(dialect.sources().everyContainer()).isTrue();
        assertThat(new TraefikDialect(config(false, Optional.of("Host(`{{ .Name }}`)")))
                        .sources()
                        .everyContainer())
                .isFalse();
    }

    @Test
    void aDefaultRuleHasTheUsualWords() {
        Map<String, String> labels = Map.of("traefik.name", "Shop");

        assertThat(DefaultRuleTemplate.expand("Host(`{{ trimPrefix `/` .Name }}.a`)", "/Web_1", labels))
                .isEqualTo("Host(`web_1.a`)");
        assertThat(DefaultRuleTemplate.expand("Host(`{{ index .Labels \"traefik.name\" }}.a`)", "web", labels))
                .isEqualTo("Host(`shop.a`)");
        assertThat(DefaultRuleTemplate.expand("Host(`{{ normalize .Name }}`)", "a_b.c", labels))
                .isEqualTo("Host(`a-b-c`)");
    }

    @Test
    void aNameCannotLeaveItsPlaceInADefaultRule() {
        assertThat(DefaultRuleTemplate.expand("Host(`{{ .Name }}.a`)", "x`) || Host(`evil", Map.of()))
                .isEqualTo("Host(`x) || host(evil.a`)");
    }

    @Test
    void whatIsNotKnownOfADefaultRuleIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config(true, Optional.of("Host(`{{ if .Name }}x{{ end }}`)")))
                .withMessageContaining("default_rule");
    }

    @Test
    void theNetworkOfAllContainersCountsForThoseThatAreInIt() {
        TraefikConfig config = new TraefikConfig(
                Optional.empty(),
                Optional.empty(),
                Optional.of("bridge"),
                Optional.of(Set.of("public")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());

        assertThat(text(
                        new TraefikDialect(config),
                        Map.of(
                                "traefik.http.routers.web.rule", "Host(`a.example.com`)",
                                "traefik.http.routers.web.entrypoints", "public")))
                .isEqualTo("hostname=a.example.com network=bridge");
    }

    @Test
    void middlewaresOfAnEntryPointCountForAllRouters() {
        LabelDialect dialect = new TraefikDialect(new TraefikConfig(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(SHARED),
                Optional.of(List.of("shared@file")),
                Optional.empty()));
        String rule = "traefik.http.routers.web.rule";

        assertThat(text(dialect, Map.of(rule, "Host(`a.example.com`)")))
                .isEqualTo("allow=10.0.0.0/8 hostname=a.example.com");
        assertThat(text(
                        dialect,
                        Map.of(
                                rule,
                                "Host(`a.example.com`)",
                                "traefik.http.middlewares.shared.ipallowlist.sourcerange",
                                "0.0.0.0/0")))
                .isEqualTo("allow=10.0.0.0/8 hostname=a.example.com");
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void manyNamesAndPathsTakeLittleWork() {
        String hosts = "Host(" + repeated(800, i -> "`a" + i + ".b`") + ")";
        assertThat(text(
                        dialect(),
                        Map.of(
                                "traefik.http.routers.web.rule",
                                hosts + " && PathPrefix(" + repeated(1_200, i -> "`/" + i + "`") + ")")))
                .contains("LEFT_OUT traefik.http.routers.web.rule");
        Map<String, String> labels =
                new HashMap<>(Map.of("traefik.http.middlewares.https.redirectscheme.scheme", "https"));
        for (int i = 0; i < 40; i++) {
            labels.put("traefik.http.routers.r" + i + ".rule", hosts + " && PathPrefix(`/" + i + "`,`/x`,`/y`,`/z`)");
            labels.put("traefik.http.routers.r" + i + ".middlewares", "https");
        }
        assertThat(text(dialect(), labels)).contains("LEFT_OUT traefik.http.routers.r");
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void manyMiddlewaresTakeLittleWork() {
        Map<String, String> labels = new HashMap<>();
        for (int i = 0; i < 400; i++) {
            labels.put("traefik.http.middlewares.m.k" + i + ".x", "");
            labels.put("traefik.http.middlewares.h.headers.customresponseheaders.X-" + i, "a");
        }
        for (int i = 0; i < 50; i++) {
            labels.put("traefik.http.routers.r" + i + ".rule", "Host(`a" + i + ".example.com`)");
            labels.put("traefik.http.routers.r" + i + ".middlewares", "h,m,".repeat(100));
        }

        assertThat(text(dialect(), labels)).contains("CLOSED traefik.http.routers.r9.middlewares");
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void manyEntryPointsOfTcpTakeLittleWork() {
        Map<String, String> labels = new HashMap<>(Map.of("traefik.tcp.services.db.loadbalancer.server.port", "1"));
        for (int i = 0; i < 50; i++) {
            labels.put("traefik.tcp.routers.router-with-a-very-long-name-" + i + ".rule", "HostSNI(`*`)");
            labels.put(
                    "traefik.tcp.routers.router-with-a-very-long-name-" + i + ".entrypoints",
                    "postgres,".repeat(1_000));
        }

        assertThat(dialect()
                        .translate(new DialectInput("web", labels, Map.of(), List.of(80), List.of("bridge")))
                        .routes())
                .hasSize(51);
    }

    @Test
    void fiftyRoutersMayHaveThreeMiddlewaresEach() {
        Map<String, String> labels = new HashMap<>();
        for (int i = 0; i < 50; i++) {
            labels.put("traefik.http.routers.r" + i + ".rule", "Host(`a" + i + ".example.com`)");
            labels.put("traefik.http.routers.r" + i + ".middlewares", "office,zip,again");
            labels.put("traefik.http.routers.r" + i + ".priority", Integer.toString(100 + i));
        }
        labels.put("traefik.http.middlewares.office.ipallowlist.sourcerange", "10.0.0.0/8");
        labels.put("traefik.http.middlewares.zip.compress", "true");
        labels.put("traefik.http.middlewares.again.retry.attempts", "3");

        assertThat(text(dialect(), labels)).doesNotContain("CLOSED").contains("allow=10.0.0.0/8");
    }

    private static String repeated(int count, IntFunction<String> element) {
        return IntStream.range(0, count).mapToObj(element).collect(Collectors.joining(","));
    }

    private static String text(LabelDialect dialect, Map<String, String> labels) {
        DialectTranslation translation =
                dialect.translate(new DialectInput("my_web", labels, Map.of(), List.of(80), List.of("bridge")));
        return DialectText.of(translation);
    }
}
