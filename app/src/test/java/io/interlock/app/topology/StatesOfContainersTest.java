package io.interlock.app.topology;

import static io.interlock.app.topology.Container.EPOCH;
import static io.interlock.app.topology.Container.assemble;
import static io.interlock.app.topology.Container.inventory;
import static io.interlock.app.topology.Container.named;
import static io.interlock.app.topology.Container.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.topology.ServerState;
import io.interlock.app.inventory.ContainerFacts.Health;
import io.interlock.app.inventory.Vantage;
import io.interlock.app.topology.Finding.Severity;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("unit")
class StatesOfContainersTest {

    private static final String WARM = "{\"warm\":true}";

    @Test
    void aPausedContainerWaits() {
        Assembly assembly = assemble(web("www.example.com").paused());

        assertThat(assembly.topology().virtualHosts()).isEmpty();
        assertThat(Served.findings(assembly, Severity.WAITING)).startsWith("state=paused: is paused");
    }

    @Test
    void aStrangerStaysAStrangerWhateverItsState() {
        assertThat(assemble(named("db").paused().health(Health.UNHEALTHY)).findings())
                .extracting(Finding::severity)
                .containsExactly(Severity.NOT_ADDRESSED);
    }

    @ParameterizedTest
    @EnumSource(
            value = Health.class,
            names = {"STARTING", "UNHEALTHY"})
    void aContainerThatIsNotHealthyWaits(Health health) {
        Assembly assembly = assemble(web("www.example.com").health(health));

        assertThat(assembly.topology().virtualHosts()).isEmpty();
        assertThat(Served.findings(assembly, Severity.WAITING)).contains("its HEALTHCHECK");
    }

    @ParameterizedTest
    @EnumSource(
            value = Health.class,
            names = {"NONE", "HEALTHY"})
    void anyOtherIsServed(Health health) {
        Assembly assembly = assemble(web("www.example.com").health(health));

        assertThat(Served.onlyServer(assembly).state()).isEqualTo(ServerState.READY);
        assertThat(assembly.findings()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Health.class)
    void aStoppingContainerDrainsWhateverItsHealth(Health health) {
        Assembly assembly = assemble(web("www.example.com").stopping().health(health));

        assertThat(Served.onlyServer(assembly).state()).isEqualTo(ServerState.DRAINING);
    }

    @Test
    void aColdContainerIsToBeWarmedBeforeItIsServed() {
        Container container = web("www.example.com")
                .data(WARM)
                .startedAt(EPOCH.plusSeconds(5))
                .health(Health.NONE);
        WarmUp.Run run = new WarmUp.Run(container.key(), EPOCH.plusSeconds(5));

        Assembly assembly = assemble(container);

        assertThat(assembly.topology().virtualHosts()).isEmpty();
        assertThat(assembly.warmUps())
                .containsExactly(new WarmUp(
                        run,
                        "www-example-com",
                        "www.example.com",
                        Container.ip("172.17.0.2"),
                        8080,
                        WarmUp.Until.ANSWERING));
        assertThat(Served.findings(assembly, Severity.WAITING)).startsWith("warm=true: is being warmed");
    }

    @Test
    void aWarmOneIsServedUntilItIsStartedAgain() {
        TopologyAssembler assembler = new TopologyAssembler();
        Container container = web("www.example.com").data(WARM);
        Set<WarmUp.Run> warm = Set.of(new WarmUp.Run(container.key(), EPOCH));

        Assembly served = assembler.assemble(inventory(new Vantage.OnHost(), container), Container.admitting(warm));
        assertThat(Served.names(served)).containsExactly("www.example.com");
        assertThat(served.warmUps()).isEmpty();
        assertThat(served.findings()).isEmpty();

        Assembly restarted = assembler.assemble(
                inventory(new Vantage.OnHost(), container.startedAt(EPOCH.plusSeconds(1))), Container.admitting(warm));
        assertThat(Served.names(restarted)).isEmpty();
        assertThat(restarted.warmUps()).hasSize(1);
    }

    @Test
    void aContainerIsNotServedBeforeItHasBeenSeenToListen() {
        Container container = web("www.example.com");
        Assembly assembly =
                new TopologyAssembler().assemble(inventory(new Vantage.OnHost(), container), contact -> false);

        assertThat(assembly.topology().virtualHosts()).isEmpty();
        assertThat(assembly.warmUps()).extracting(WarmUp::until).containsExactly(WarmUp.Until.LISTENING);
        assertThat(Served.findings(assembly, Severity.STARTING))
                .startsWith("port=8080: nothing has been seen to listen");
    }

    @Test
    void aColdOneDoesNotKeepWarmOnesFromBeingServed() {
        Assembly assembly = assemble(
                web("www.example.com"),
                named("cold").hostname("www.example.com").exposes(1).data(WARM));

        assertThat(Served.summary(assembly)).isEqualTo("{www.example.com=[172.17.0.2:8080]}");
        assertThat(assembly.warmUps()).hasSize(1);
    }

    @Test
    void aStoppingColdOneIsNotWarmedAnyMore() {
        Assembly assembly = assemble(web("www.example.com").data(WARM).stopping());

        assertThat(assembly.warmUps()).isEmpty();
        assertThat(Served.findings(assembly, Severity.WAITING)).contains("stops before it was warmed");
    }

    @Test
    void aWildcardIsWarmedUnderANameThatItStandsFor() {
        assertThat(assemble(web("x").data("{\"hostname\":\"*.example.com\",\"warm\":true}"))
                        .warmUps()
                        .getFirst()
                        .hostName())
                .isEqualTo("www.example.com");
        assertThat(assemble(web("x").data(
                                        "{\"hostname\":\"*.example.com\",\"alias_domains\":[\"a.com\"],\"warm\":true}"))
                        .warmUps()
                        .getFirst()
                        .hostName())
                .isEqualTo("a.com");
    }
}
