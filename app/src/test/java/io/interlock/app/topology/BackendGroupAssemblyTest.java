package io.interlock.app.topology;

import static io.interlock.app.topology.ContainerFactsBuilder.assemble;
import static io.interlock.app.topology.ContainerFactsBuilder.named;
import static io.interlock.app.topology.ContainerFactsBuilder.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Server;
import io.interlock.app.pipeline.PipelineResult;
import io.interlock.app.topology.findings.Finding.Severity;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class BackendGroupAssemblyTest {

    private static ContainerFactsBuilder replica(String name, String ip) {
        return named(name).hostname("www.example.com").exposes(80).network("front", ip, "");
    }

    @Test
    void containersOfOneNameShareItsBackend() {
        PipelineResult assembly = assemble(replica("web-2", "10.0.0.3"), replica("web-1", "10.0.0.2"));

        assertThat(AssemblyQueries.summary(assembly)).isEqualTo("{www.example.com=[10.0.0.2:80, 10.0.0.3:80]}");
        assertThat(AssemblyQueries.backendNames(assembly)).containsExactly("www_example_com");
        assertThat(AssemblyQueries.backend(assembly, "www_example_com").servers())
                .extracting(Server::name)
                .containsExactly("web-1", "web-2");
    }

    @Test
    void anAliasWithTheSameContainersGoesToTheNamesOwnBackend() {
        PipelineResult assembly = assemble(
                replica("web-1", "10.0.0.2").data("{\"alias_domains\":[\"aaa.com\"]}"),
                replica("web-2", "10.0.0.3").data("{\"alias_domains\":[\"aaa.com\"]}"));

        assertThat(assembly.topology().virtualHosts())
                .singleElement()
                .satisfies(virtualHost -> assertThat(virtualHost.hostNames())
                        .containsExactly(new HostName("aaa.com"), new HostName("www.example.com")));
        assertThat(AssemblyQueries.backendNames(assembly)).containsExactly("www_example_com");
    }

    @Test
    void anAliasOfOnlySomeContainersOfANameGetsABackendOfItsOwn() {
        PipelineResult assembly = assemble(
                replica("web-1", "10.0.0.2").data("{\"alias_domains\":[\"foo.com\"]}"), replica("web-2", "10.0.0.3"));

        assertThat(AssemblyQueries.summary(assembly))
                .isEqualTo("{foo.com=[10.0.0.2:80], www.example.com=[10.0.0.2:80, 10.0.0.3:80]}");
        assertThat(AssemblyQueries.backendNames(assembly)).containsExactly("foo_com", "www_example_com");
    }

    @Test
    void anAliasSharedByContainersOfDifferentNamesGetsABackendWithAllOfThem() {
        PipelineResult assembly = assemble(
                web("a.com").network("n", "10.0.0.2", "").label("interlock.alias_domains", "all.com,every.com"),
                web("b.com").network("n", "10.0.0.3", "").label("interlock.alias_domains", "every.com,all.com"),
                web("c.com").network("n", "10.0.0.4", ""));

        assertThat(AssemblyQueries.summary(assembly))
                .isEqualTo("{a.com=[10.0.0.2:8080], all.com=[10.0.0.2:8080, 10.0.0.3:8080], b.com=[10.0.0.3:8080],"
                        + " c.com=[10.0.0.4:8080], every.com=[10.0.0.2:8080, 10.0.0.3:8080]}");
        assertThat(AssemblyQueries.backendNames(assembly)).containsExactly("a_com", "all_com", "b_com", "c_com");
    }

    @Test
    void anAliasThatIsAnothersNameJoinsThatName() {
        PipelineResult assembly = assemble(
                web("a.com").network("n", "10.0.0.2", ""),
                web("b.com").network("n", "10.0.0.3", "").label("interlock.alias_domains", "a.com"));

        assertThat(AssemblyQueries.summary(assembly))
                .isEqualTo("{a.com=[10.0.0.2:8080, 10.0.0.3:8080], b.com=[10.0.0.3:8080]}");
    }

    @Test
    void twoNamesThatAreEachOthersAliasesAreOneBackendUnderTheLowerOne() {
        PipelineResult assembly = assemble(
                web("b.com").network("n", "10.0.0.2", "").label("interlock.alias_domains", "c.com,a.com"),
                web("c.com").network("n", "10.0.0.3", "").label("interlock.alias_domains", "b.com,a.com"));

        assertThat(assembly.topology().virtualHosts()).hasSize(1);
        assertThat(AssemblyQueries.backendNames(assembly)).containsExactly("b_com");
    }

    @Test
    void namesThatDifferOnlyInDotsAndUnderscoresDoNotCollide() {
        assertThat(AssemblyQueries.backendNames(assemble(
                        web("a.b.com"), named("other").hostname("a_b.com").exposes(80))))
                .containsExactly("a__b_com", "a_b_com");
    }

    @Test
    void ofContradictingChecksAndOptionsTheOldestContainersCount() {
        PipelineResult assembly = assemble(
                replica("young", "10.0.0.2").createdAfter(30).data("{\"check\":\"httpchk GET /young\"}"),
                replica("silent", "10.0.0.3").createdAfter(50),
                replica("old", "10.0.0.4")
                        .createdAfter(20)
                        .data("{\"check\":\"httpchk GET /\",\"backend_options\":[\"httpclose\"]}"),
                replica("alike", "10.0.0.5").createdAfter(40).data("{\"check\":\"option httpchk  GET /\"}"));

        assertThat(AssemblyQueries.backend(assembly, "www_example_com")).satisfies(backend -> {
            assertThat(backend.healthCheck())
                    .isEqualTo(new HealthCheck.Http("GET", "/", Optional.of(HostName.of("www.example.com"))));
            assertThat(backend.options()).containsExactly("httpclose");
        });
        assertThat(assembly.findings()).hasSize(2).anySatisfy(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.IGNORED);
            assertThat(finding.containerName()).isEqualTo("young");
            assertThat(finding.field()).isEqualTo("INTERLOCK_DATA.check");
            assertThat(finding.value()).isEqualTo("httpchk GET /young");
            assertThat(finding.message())
                    .startsWith("differs from what old (local/6f6c64)")
                    .contains("www.example.com");
        });
    }

    @Test
    void ofContainersOfTheSameAgeTheLowerIdCounts() {
        PipelineResult assembly = assemble(
                replica("b", "10.0.0.2").data("{\"check\":\"tcp-check\"}"),
                replica("a", "10.0.0.3").data("{\"check\":\"httpchk\"}"));

        assertThat(AssemblyQueries.backend(assembly, "www_example_com").healthCheck())
                .isInstanceOf(HealthCheck.Http.class);
    }

    @Test
    void anIntervalIsEachContainersOwn() {
        PipelineResult assembly = assemble(
                replica("a", "10.0.0.2").data("{\"check_interval\":200}"),
                replica("b", "10.0.0.3").data("{\"check_interval\":300}"));

        assertThat(AssemblyQueries.backend(assembly, "www_example_com").servers())
                .extracting(Server::checkInterval)
                .containsExactly(Duration.ofMillis(200), Duration.ofMillis(300));
        assertThat(assembly.findings()).isEmpty();
    }

    @Test
    void serversAreNamedAfterContainersAndWithSeveralEnginesAfterThemToo() {
        assertThat(AssemblyQueries.onlyServer(assemble(replica("web", "10.0.0.2"))))
                .extracting(Server::name, Server::id)
                .containsExactly("web", "local/776562");

        PipelineResult assembly = assemble(
                replica("web", "10.0.0.2").engine("one"),
                replica("web", "10.0.0.3").engine("two"));
        assertThat(AssemblyQueries.backend(assembly, "www_example_com").servers())
                .extracting(Server::name)
                .containsExactly("web.one", "web.two");
    }

    @Test
    void aServerNameThatIsTakenByAnOlderContainerGetsTheId() {
        PipelineResult assembly = assemble(
                replica("web.a", "10.0.0.2").engine("b").createdAfter(5),
                replica("web", "10.0.0.3").engine("a.b"));

        assertThat(AssemblyQueries.backend(assembly, "www_example_com").servers())
                .extracting(Server::name)
                .containsExactly("web.a.b", "web.a.b-7765622e61");
    }

    @Test
    void aContainerWhoseNameIsNoServerNameIsServedUnderALikeOne() {
        assertThat(AssemblyQueries.onlyServer(assemble(replica("/we b#1\n", "10.0.0.2")))
                        .name())
                .isEqualTo("we-b-1-");
        assertThat(AssemblyQueries.onlyServer(assemble(replica("é", "10.0.0.2")))
                        .name())
                .isEqualTo("c3a9");
    }
}
