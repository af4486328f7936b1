package io.interlock.app.config.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.topology.HostName;
import io.interlock.app.config.ownership.OwnerSelector.Kind;
import io.interlock.app.topology.ContainerFactsBuilder;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class OwnershipConfigTest {

    private static final ContainerFactsBuilder WEB = ContainerFactsBuilder.named("web")
            .project("shop")
            .label("com.docker.stack.namespace", "stack-1")
            .label("team", "red")
            .engine("rack-1")
            .image("registry.example.com/shop/web:3")
            .network("front", "172.18.0.2", "");

    @ParameterizedTest
    @CsvSource({
        "PROJECT, shop, true",
        "PROJECT, sho*, true",
        "PROJECT, *o*, true",
        "PROJECT, shop2, false",
        "PROJECT, hop, false",
        "STACK, stack-*, true",
        "STACK, shop, false",
        "ENGINE, rack-1, true",
        "ENGINE, *, true",
        "ENGINE, rack-2, false",
        "NETWORK, front, true",
        "NETWORK, back*, false",
        "IMAGE, registry.example.com/shop/*, true",
        "IMAGE, *shop/web, false",
        "IMAGE, r*r*r*, false",
        "IMAGE, r*/*/*:*, true",
        "LABEL, r*d, true",
        "LABEL, rr*d, false",
    })
    void aContainerIsSelectedByWhatThePlatformSaysOfIt(Kind kind, String pattern, boolean selected) {
        OwnershipConfig rules = config(rule("mine", kind, pattern));

        assertThat(rules.assign(WEB.facts()).owner()).isEqualTo(new OwnerId(selected ? "mine" : "engine rack-1"));
    }

    @Test
    void aContainerMustMatchAllThatIsGiven() {
        OwnershipConfig rules = config(new OwnerRule(
                new OwnerId("mine"),
                new OwnerSelector(
                        Map.of(Kind.PROJECT, new TextPattern("shop"), Kind.ENGINE, new TextPattern("rack-2")), ""),
                OwnerGrant.NOTHING));

        assertThat(rules.assign(WEB.facts()).owner()).isEqualTo(new OwnerId("engine rack-1"));
    }

    @Test
    void theMostTrustworthyKindDecidesAndThenTheOrderOfTheRules() {
        assertThat(config(
                                rule("image", Kind.IMAGE, "*"),
                                rule("project", Kind.PROJECT, "*"),
                                rule("label", Kind.LABEL, "*"))
                        .assign(WEB.facts())
                        .owner())
                .isEqualTo(new OwnerId("label"));
        assertThat(config(rule("first", Kind.PROJECT, "*"), rule("second", Kind.PROJECT, "shop"))
                        .assign(WEB.facts())
                        .owner())
                .isEqualTo(new OwnerId("first"));
    }

    @Test
    void aLabelOfTheImageSelectsNothing() {
        for (ContainerFactsBuilder container : List.of(
                ContainerFactsBuilder.named("a").project("shop").ofImage("com.docker.compose.project"),
                ContainerFactsBuilder.named("a").project("shop").ofUnknownImage(),
                ContainerFactsBuilder.named("a").project(""))) {
            assertThat(config(rule("mine", Kind.PROJECT, "*"))
                            .assign(container.facts())
                            .owner())
                    .isEqualTo(new OwnerId("engine local"));
        }
    }

    @Test
    void withoutRulesProjectsAndStacksAreOwnersThatMayDoEverything() {
        assertThat(owner(ContainerFactsBuilder.named("a").project("shop"))).isEqualTo("project shop");
        assertThat(owner(ContainerFactsBuilder.named("a").label("com.docker.stack.namespace", "s")))
                .isEqualTo("stack s");
        assertThat(owner(ContainerFactsBuilder.named("a").engine("one")))
                .isEqualTo(owner(ContainerFactsBuilder.named("a").engine("two")));
        assertThat(owner(ContainerFactsBuilder.named("a").project("x".repeat(100_000) + "1")))
                .isNotEqualTo(owner(ContainerFactsBuilder.named("a").project("x".repeat(100_000) + "2")))
                .hasSizeLessThan(100);
        assertThat(OwnershipConfig.DEFAULT.assign(WEB.facts()).grant()).isEmpty();
    }

    private static String owner(ContainerFactsBuilder container) {
        return OwnershipConfig.DEFAULT.assign(container.facts()).owner().name();
    }

    @ParameterizedTest
    @CsvSource({
        "shop.example.com, shop.example.com, true",
        "shop.example.com, www.shop.example.com, false",
        "*.shop.example.com, www.shop.example.com, true",
        "*.shop.example.com, a.b.shop.example.com, true",
        "*.shop.example.com, *.shop.example.com, true",
        "*.shop.example.com, *.a.shop.example.com, true",
        "*.shop.example.com, shop.example.com, false",
        "*.shop.example.com, *.example.com, false",
        "*.shop.example.com, workshop.example.com, false",
        "*.shop.example.com, *, false",
        "*, anything.example.org, true",
        "*, *.com, true",
        "*, *, false",
        "*.shop.example.com, ~^pr-[0-9]+\\.shop\\.example\\.com$, false",
    })
    void aNameMustBePartOfWhatIsGranted(String granted, String asked, boolean allowed) {
        assertThat(allows(grant(false, granted), asked)).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "*.example.com, ~^pr-[0-9]+\\.example\\.com$, true",
        "*.example.com, ~^pr-[0-9]+\\.a\\.example\\.com$, true",
        "*.example.com, ~^pr-[0-9]+-example\\.com$, false",
        "*.example.com, ~^pr-[0-9]+\\.exampl[a-z]\\.com$, false",
        "*.example.com, ~^pr\\.example\\.com?$, false",
        "*.example.com, ~^[a-z.]+$, false",
        "*.example.com, ~^example\\.com$, false",
        "example.com, ~^example\\.com$, false",
        "*, ~^[a-z.]+$, true",
    })
    void anExpressionMustStayBelowANameThatIsGranted(String granted, String asked, boolean allowed) {
        assertThat(allows(grant(true, granted), asked)).isEqualTo(allowed);
    }

    @Test
    void aNarrowerPatternOfAnotherOwnerTakesTheNameAway() {
        OwnershipConfig rules = config(
                new OwnerRule(new OwnerId("wide"), who(Kind.PROJECT, "wide"), grant(false, "*.example.com", "*")),
                new OwnerRule(new OwnerId("shop"), who(Kind.PROJECT, "shop"), grant(false, "shop.example.com")),
                new OwnerRule(new OwnerId("team"), who(Kind.PROJECT, "team"), grant(false, "*.team.example.com")));
        OwnerAssignment wide =
                rules.assign(ContainerFactsBuilder.named("a").project("wide").facts());

        assertThat(Stream.of("shop.example.com", "a.team.example.com", "*.team.example.com")
                        .filter(name -> rules.allowsName(wide, HostName.of(name))))
                .isEmpty();
        assertThat(Stream.of("www.example.com", "*.example.com", "www.example.org", "team.example.com")
                        .allMatch(name -> rules.allowsName(wide, HostName.of(name))))
                .isTrue();
        assertThat(rules.owners(HostName.of("shop.example.com"))).containsExactly(new OwnerId("shop"));
    }

    private static boolean allows(OwnerGrant grant, String name) {
        OwnershipConfig rules = config(new OwnerRule(new OwnerId("mine"), who(Kind.ENGINE, "*"), grant));
        return rules.allowsName(rules.assign(WEB.facts()), HostName.of(name));
    }

    private static OwnerGrant grant(boolean expressions, String... names) {
        return new OwnerGrant(
                Arrays.stream(names).map(HostName::of).collect(Collectors.toSet()),
                expressions,
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                Set.of(),
                OwnerLimits.NONE);
    }

    private static OwnerRule rule(String owner, Kind kind, String pattern) {
        return new OwnerRule(new OwnerId(owner), who(kind, pattern), OwnerGrant.NOTHING);
    }

    private static OwnerSelector who(Kind kind, String pattern) {
        return new OwnerSelector(Map.of(kind, new TextPattern(pattern)), kind == Kind.LABEL ? "team" : "");
    }

    private static OwnershipConfig config(OwnerRule... rules) {
        return new OwnershipConfig(List.of(rules), Duration.ofSeconds(60), ImageLabelMode.ALL);
    }
}
