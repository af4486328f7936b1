package io.interlock.app.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.interlock.api.topology.Backend;
import io.interlock.api.topology.BackendPolicy;
import io.interlock.api.topology.Server;
import io.interlock.app.config.ContainerPolicy;
import io.interlock.app.config.ContainerPolicy.ContainerFilter;
import io.interlock.app.config.ContainerPolicy.LabelFilter;
import io.interlock.app.config.ContainerPolicy.PortRange;
import io.interlock.app.config.ownership.OwnerId;
import io.interlock.app.config.problem.ConfigProblemCollector;
import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.ContainerKey;
import io.interlock.app.inventory.EngineSnapshot;
import io.interlock.app.inventory.InventorySnapshot;
import io.interlock.app.inventory.NetworkLocation;
import io.interlock.app.inventory.NetworkLocation.OwnContainer;
import io.interlock.app.pipeline.PipelineResult;
import io.interlock.app.pipeline.TestPipeline;
import io.interlock.app.topology.ContainerFactsBuilder;
import io.interlock.app.topology.findings.Finding;
import io.interlock.app.topology.findings.Finding.Severity;
import io.interlock.util.IpLiteral;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests what becomes of services in the topology, beside containers. */
@Tag("unit")
class ServiceAssemblyTest {

    private final TestPipeline pipeline = new TestPipeline();
    private final List<ContainerFacts> containers = new ArrayList<>();
    private final List<ContainerFacts> services = new ArrayList<>();
    private NetworkLocation location = new NetworkLocation.OnHost();

    @Test
    void aServerIsServedAtItsAddressUnderTheNameOfTheFile() {
        service("db", "{\"hostname\": \"db.example.com\", \"servers\": [\"10.0.0.5:81\", \"[2001:db8::1]:82\"]}");

        assertThat(servers())
                .containsExactly("db--2001-db8-0-0-0-0-0-1--82 2001:db8:0:0:0:0:0:1:82", "db-10.0.0.5-81 10.0.0.5:81");
    }

    @Test
    void aNameWithDotsOfAFileIsAHostName() {
        service("db.example.com", "{\"servers\": [\"10.0.0.5:81\"]}");

        PipelineResult result = assemble();
        assertThat(result.topology().virtualHosts().getFirst().hostNames()).hasToString("[db.example.com]");
    }

    @Test
    void weightAndBackupOfAServerWinOverThoseOfTheFile() {
        service(
                "db",
                "{\"hostname\": \"db.example.com\", \"weight\": 5, \"backup\": true, \"servers\": [\"10.0.0.1:81\","
                        + " {\"address\": \"10.0.0.2:81\", \"weight\": 7, \"backup\": false}]}");

        assertThat(backend().servers())
                .extracting(Server::weight, Server::backup)
                .containsExactly(tuple(5, true), tuple(7, false));
    }

    @Test
    void aLinkLocalAddressOfTheOperatorIsServedAndOneOfAContainerIsNot() {
        service("meta", "{\"hostname\": \"meta.example.com\", \"servers\": [\"169.254.169.254:80\"]}");
        containers.add(ContainerFactsBuilder.web("web.example.com")
                .exposes(80)
                .network("bridge", "169.254.1.1", "")
                .facts());

        assertThat(servers()).containsExactly("meta-169.254.169.254-80 169.254.169.254:80");
    }

    @Test
    void servicesChangeNoNameOfAContainersServer() {
        containers.add(ContainerFactsBuilder.web("web.example.com").exposes(80).facts());
        List<String> alone = servers();
        service("db", "{\"hostname\": \"db.example.com\", \"servers\": [\"10.0.0.5:81\"]}");

        assertThat(servers()).containsAll(alone);
    }

    @Test
    void filterAndOptInAreForContainers() {
        pipeline.allow(new ContainerPolicy(
                Optional.empty(),
                new ContainerFilter(
                        Optional.of(new LabelFilter("team", Optional.empty())), Optional.of("x"), Optional.empty()),
                true));
        service("db", "{\"hostname\": \"db.example.com\", \"servers\": [\"10.0.0.5:81\"]}");

        assertThat(servers()).hasSize(1);
    }

    @Test
    void aNameOfAnOlderContainerBelongsToTheOperatorAndTheContainerShares() {
        containers.add(ContainerFactsBuilder.web("shop.example.com")
                .project("shop")
                .exposes(80)
                .data("{\"hostname\": \"shop.example.com\", \"release\": 9, \"weight\": 50, \"max_body\": \"1m\"}")
                .facts());
        assertThat(assemble().holders().values()).extracting(OwnerId::name).containsExactly("project shop");
        pipeline.pass(Duration.ofDays(1));

        service(
                "vm",
                "{\"hostname\": \"shop.example.com\", \"weight\": 4, \"max_body\": \"1m\", \"servers\": [\"10.0.0.5:81\"]}");
        PipelineResult result = assemble();

        assertThat(result.holders().values()).containsExactly(OwnerId.OPERATOR);
        Backend backend = result.topology().backends().getFirst();
        assertThat(backend.servers()).hasSize(2).extracting(Server::weight).containsOnly(4);
        assertThat(result.findings())
                .filteredOn(finding -> finding.text().effect().startsWith("it shares the requests"))
                .extracting(Finding::severity)
                .containsExactly(Severity.CHOICE);

        services.clear();
        pipeline.pass(Duration.ofSeconds(1));
        assertThat(servers()).as("the container goes on").hasSize(1);
        pipeline.pass(Duration.ofMinutes(2));
        assertThat(assemble().holders().values()).extracting(OwnerId::name).containsExactly("project shop");
    }

    @Test
    void aNameThatIsHeldForAnOwnerIsTheOperatorsAtOnce() {
        containers.add(ContainerFactsBuilder.web("shop.example.com")
                .project("shop")
                .exposes(80)
                .facts());
        assertThat(servers()).hasSize(1);
        containers.clear();
        assertThat(servers()).isEmpty();

        service("vm", "{\"hostname\": \"shop.example.com\", \"servers\": [\"10.0.0.5:81\"]}");
        assertThat(servers()).hasSize(1);
    }

    @Test
    void aContainerIsNotServedWithoutTheProtectionThatItAsksFor() {
        containers.add(ContainerFactsBuilder.web("shop.example.com")
                .project("shop")
                .exposes(80)
                .data("{\"allow\": [\"10.0.0.0/8\"]}")
                .facts());
        service("vm", "{\"hostname\": \"shop.example.com\", \"servers\": [\"10.0.0.5:81\"]}");

        assertThat(servers()).containsExactly("vm-10.0.0.5-81 10.0.0.5:81");
    }

    @Test
    void aFindingNamesTheFileAndTheField() {
        service("db", "{\"hostname\": \"db.example.com\", \"weight\": \"heavy\", \"servers\": [\"10.0.0.5:81\"]}");

        assertThat(assemble().findings()).singleElement().satisfies(finding -> {
            assertThat(finding.field()).isEqualTo("db.json.weight");
            assertThat(finding.containerName()).isEqualTo("db@10.0.0.5:81");
            assertThat(finding.severity()).isEqualTo(Severity.IGNORED);
        });
    }

    @Test
    void aServerThatLeadsBackToInterlockIsLeftOut() {
        pipeline.allow(ContainerPolicy.DEFAULT.withOwnPorts(Set.of(8080)));
        service(
                "db",
                "{\"hostname\": \"db.example.com\", \"servers\": [\"127.0.0.1:8080\", \"127.0.0.1:81\","
                        + " \"172.17.0.1:80\", \"172.17.0.1:81\"]}");
        assertThat(servers())
                .containsExactly(
                        "db-127.0.0.1-81 127.0.0.1:81",
                        "db-172.17.0.1-80 172.17.0.1:80",
                        "db-172.17.0.1-81 172.17.0.1:81");

        location = new NetworkLocation.InContainer(
                "0123", Set.of("net"), Optional.of(IpLiteral.of("172.17.0.1")), new OwnContainer("0123", Set.of(80)));
        assertThat(servers()).containsExactly("db-127.0.0.1-81 127.0.0.1:81", "db-172.17.0.1-81 172.17.0.1:81");
    }

    @Test
    void aNameAtAPortOfAContainerIsTheOperators() {
        pipeline.allow(new ContainerPolicy(Optional.of(new PortRange(5000, 5999))));
        containers.add(ContainerFactsBuilder.web("tcp.example.com")
                .project("shop")
                .exposes(80)
                .data("{\"mode\": \"tcp\", \"listen\": 5432}")
                .facts());
        assertThat(assemble().topology().tcpListeners()).hasSize(1);
        pipeline.pass(Duration.ofDays(1));
        service(
                "db",
                "{\"mode\": \"tls\", \"listen\": 5432, \"hostname\": \"db.example.com\", \"servers\": [\"10.0.0.5:81\"]}");

        assertThat(servers()).contains("db-10.0.0.5-81 10.0.0.5:81");
    }

    @Test
    void policiesAndRoutesAreThoseOfContainers() {
        service(
                "s3",
                "{\"hostname\": \"s3.example.com\", \"ssl_backend\": true, \"routes\": {\"a\": {\"path\": \"/a\"},"
                        + " \"b\": {\"path\": \"/b\", \"port\": 9}}, \"servers\": [\"10.0.0.5:443\"]}");

        PipelineResult result = assemble();
        assertThat(result.topology().backends()).hasSize(2);
        assertThat(result.topology().backends())
                .flatExtracting(Backend::servers)
                .extracting(Server::port)
                .containsExactlyInAnyOrder(443, 9);
        assertThat(result.topology().backends())
                .flatExtracting(Backend::servers)
                .allSatisfy(server ->
                        assertThat(server.policies()).hasAtLeastOneElementOfType(BackendPolicy.TlsToServers.class));
    }

    private void service(String name, String text) {
        ConfigProblemCollector problems = new ConfigProblemCollector();
        ServiceFile file = ServiceFileReader.read(name, text, problems)
                .orElseThrow(() -> new AssertionError(problems.sorted().toString()));
        file.servers()
                .forEach(server -> services.add(
                        ServiceFactsMapper.facts(file, server, IpLiteral.of(server.host()), Instant.EPOCH)));
    }

    private PipelineResult assemble() {
        Map<String, EngineSnapshot> engines = new HashMap<>();
        engines.put("local", engine("local", containers));
        engines.put(ContainerKey.SERVICES, engine(ContainerKey.SERVICES, services));
        return pipeline.assemble(new InventorySnapshot(engines), target -> true);
    }

    private EngineSnapshot engine(String id, List<ContainerFacts> all) {
        Map<String, ContainerFacts> byId = new HashMap<>();
        all.forEach(facts -> byId.put(facts.key().containerId(), facts));
        return new EngineSnapshot(id, new EngineSnapshot.Connection.Connected(Instant.EPOCH), location, byId);
    }

    private Backend backend() {
        return assemble().topology().backends().getFirst();
    }

    private List<String> servers() {
        return assemble().topology().backends().stream()
                .flatMap(backend -> backend.servers().stream())
                .map(server -> server.name() + " " + server.address().getHostAddress() + ":" + server.port())
                .sorted()
                .toList();
    }
}
