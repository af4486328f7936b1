package io.interlock.app.topology;

import static io.interlock.app.topology.ContainerFactsBuilder.EPOCH;
import static io.interlock.app.topology.ContainerFactsBuilder.assemble;
import static io.interlock.app.topology.ContainerFactsBuilder.inventory;
import static io.interlock.app.topology.ContainerFactsBuilder.named;
import static io.interlock.app.topology.ContainerFactsBuilder.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.topology.ServerState;
import io.interlock.app.inventory.ContainerFacts.Health;
import io.interlock.app.inventory.ContainerRun;
import io.interlock.app.inventory.NetworkLocation;
import io.interlock.app.pipeline.PipelineResult;
import io.interlock.app.pipeline.TestPipeline;
import io.interlock.app.readiness.ProbeTarget;
import io.interlock.app.topology.findings.Finding;
import io.interlock.app.topology.findings.Finding.Severity;
import io.interlock.app.topology.network.ServerEndpoint;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("unit")
class ContainerStateAssemblyTest {

    private static final String WARM = "{\"warm\":true}";

    @Test
    void aPausedContainerWaits() {
        PipelineResult assembly = assemble(web("www.example.com").paused());

        assertThat(assembly.topology().virtualHosts()).isEmpty();
        assertThat(AssemblyQueries.findings(assembly, Severity.WAITING)).startsWith("state=paused: is paused");
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
        PipelineResult assembly = assemble(web("www.example.com").health(health));

        assertThat(assembly.topology().virtualHosts()).isEmpty();
        assertThat(AssemblyQueries.findings(assembly, Severity.WAITING)).contains("its HEALTHCHECK");
    }

    @ParameterizedTest
    @EnumSource(
            value = Health.class,
            names = {"NONE", "HEALTHY"})
    void anyOtherIsServed(Health health) {
        PipelineResult assembly = assemble(web("www.example.com").health(health));

        assertThat(AssemblyQueries.onlyServer(assembly).state()).isEqualTo(ServerState.READY);
        assertThat(assembly.findings()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Health.class)
    void aStoppingContainerDrainsWhateverItsHealth(Health health) {
        PipelineResult assembly = assemble(web("www.example.com").stopping().health(health));

        assertThat(AssemblyQueries.onlyServer(assembly).state()).isEqualTo(ServerState.DRAINING);
    }

    @Test
    void aColdContainerIsToBeWarmedBeforeItIsServed() {
        ContainerFactsBuilder container = web("www.example.com")
                .data(WARM)
                .startedAt(EPOCH.plusSeconds(5))
                .health(Health.NONE);
        ContainerRun run = new ContainerRun(container.key(), EPOCH.plusSeconds(5));

        PipelineResult assembly = assemble(container);

        assertThat(assembly.topology().virtualHosts()).isEmpty();
        assertThat(assembly.targets())
                .containsExactly(new ProbeTarget(
                        run,
                        "www-example-com",
                        "www.example.com",
                        List.of(new ServerEndpoint(ContainerFactsBuilder.ip("172.17.0.2"), 8080, "bridge", "")),
                        ProbeTarget.Condition.ANSWERS));
        assertThat(AssemblyQueries.findings(assembly, Severity.WAITING)).startsWith("warm=true: is being warmed");
    }

    @Test
    void aWarmOneIsServedUntilItIsStartedAgain() {
        TestPipeline assembler = new TestPipeline();
        ContainerFactsBuilder container = web("www.example.com").data(WARM);
        Set<ContainerRun> warm = Set.of(new ContainerRun(container.key(), EPOCH));

        PipelineResult served = assembler.assemble(
                inventory(new NetworkLocation.OnHost(), container), ContainerFactsBuilder.admitting(warm));
        assertThat(AssemblyQueries.names(served)).containsExactly("www.example.com");
        assertThat(served.targets()).isEmpty();
        assertThat(served.findings()).isEmpty();

        PipelineResult restarted = assembler.assemble(
                inventory(new NetworkLocation.OnHost(), container.startedAt(EPOCH.plusSeconds(1))),
                ContainerFactsBuilder.admitting(warm));
        assertThat(AssemblyQueries.names(restarted)).isEmpty();
        assertThat(restarted.targets()).hasSize(1);
    }

    @Test
    void aContainerIsNotServedBeforeItHasBeenSeenToListen() {
        ContainerFactsBuilder container = web("www.example.com");
        PipelineResult assembly =
                new TestPipeline().assemble(inventory(new NetworkLocation.OnHost(), container), contact -> false);

        assertThat(assembly.topology().virtualHosts()).isEmpty();
        assertThat(assembly.targets())
                .extracting(ProbeTarget::condition)
                .containsExactly(ProbeTarget.Condition.LISTENS);
        assertThat(AssemblyQueries.findings(assembly, Severity.STARTING))
                .startsWith("port=8080: nothing has been seen to listen");
    }

    @Test
    void aColdOneDoesNotKeepWarmOnesFromBeingServed() {
        PipelineResult assembly = assemble(
                web("www.example.com"),
                named("cold").hostname("www.example.com").exposes(1).data(WARM));

        assertThat(AssemblyQueries.summary(assembly)).isEqualTo("{www.example.com=[172.17.0.2:8080]}");
        assertThat(assembly.targets()).hasSize(1);
    }

    @Test
    void aStoppingColdOneIsNotWarmedAnyMore() {
        PipelineResult assembly = assemble(web("www.example.com").data(WARM).stopping());

        assertThat(assembly.targets()).isEmpty();
        assertThat(AssemblyQueries.findings(assembly, Severity.WAITING)).contains("stops before it was warmed");
    }

    @Test
    void aWildcardIsWarmedUnderANameThatItStandsFor() {
        assertThat(assemble(web("x").data("{\"hostname\":\"*.example.com\",\"warm\":true}"))
                        .targets()
                        .getFirst()
                        .hostName())
                .isEqualTo("www.example.com");
        assertThat(assemble(web("x").data(
                                        "{\"hostname\":\"*.example.com\",\"alias_domains\":[\"a.com\"],\"warm\":true}"))
                        .targets()
                        .getFirst()
                        .hostName())
                .isEqualTo("a.com");
    }
}
