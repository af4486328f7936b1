package io.interlock.app.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.topology.AddressRange;
import io.interlock.api.topology.BackendPolicy;
import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Server;
import io.interlock.api.topology.TcpListener;
import io.interlock.app.config.ContainerPolicy;
import io.interlock.app.config.ContainerPolicy.PortRange;
import io.interlock.app.inventory.NetworkLocation;
import io.interlock.app.pipeline.PipelineResult;
import io.interlock.app.pipeline.TestPipeline;
import io.interlock.app.topology.findings.Finding.Severity;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class TcpAssemblyTest {

    private static final ContainerPolicy TERMS = new ContainerPolicy(Optional.of(new PortRange(5000, 5999)));

    @Test
    void containersMayBeServedConnectionsWhateverTheyAreCalled() {
        PipelineResult assembly = assemble(
                database("db-1").label("interlock.allow", "10.0.0.0/8").label("interlock.check", "pgsql-check user i"),
                database("db-2").label("interlock.backup", "true"));

        assertThat(assembly.findings()).isEmpty();
        assertThat(assembly.topology().virtualHosts()).isEmpty();
        assertThat(assembly.topology().tcpListeners())
                .containsExactly(
                        new TcpListener(5432, List.of(new TcpListener.TcpRoute(Optional.empty(), "__tcp_5432"))));
        assertThat(AssemblyQueries.backend(assembly, "__tcp_5432").servers())
                .extracting(Server::name)
                .containsExactly("db-1", "db-2");
        assertThat(AssemblyQueries.backend(assembly, "__tcp_5432").policies())
                .containsExactly(new BackendPolicy.AllowedClients(List.of(AddressRange.of("10.0.0.0/8"))));
        assertThat(AssemblyQueries.backend(assembly, "__tcp_5432").healthCheck())
                .isInstanceOf(HealthCheck.Protocol.class);
    }

    @Test
    void connectionsOfTlsClientsMayBeServedByNames() {
        PipelineResult assembly = assemble(
                ContainerFactsBuilder.named("a")
                        .hostname("a.example.com")
                        .exposes(443)
                        .data(
                                "{\"mode\": \"tls\", \"listen\": 5443, \"alias_domains\": [\"*.a.example.com\", \"~^b$\"]}"),
                database("rest").label("interlock.listen", "5443"));

        assertThat(assembly.topology().tcpListeners())
                .singleElement()
                .satisfies(listener -> assertThat(listener.routes())
                        .extracting(
                                route -> route.serverName().map(HostName::value).orElse("") + "→" + route.backendName())
                        .containsExactly(
                                "*.a.example.com→__tcp_5443___a_example_com",
                                "a.example.com→__tcp_5443___a_example_com",
                                "→__tcp_5443"));
        assertThat(AssemblyQueries.findings(assembly, Severity.IGNORED)).contains("~^b$", "TLS clients ask for names");
    }

    @Test
    void aContainerMayServeRequestsAndConnections() {
        PipelineResult assembly = assemble(
                ContainerFactsBuilder.named("both")
                        .hostname("www.example.com")
                        .exposes(8080)
                        .data(
                                "{\"routes\": [{\"port\": 8080, \"ssl_only\": true}, {\"mode\": \"tcp\", \"listen\": 5000, \"port\": 9000}]}"));

        assertThat(assembly.findings()).isEmpty();
        assertThat(assembly.topology().virtualHosts()).hasSize(1);
        assertThat(assembly.topology().tcpListeners()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"mode\": \"tcp\"}",
                "{\"mode\": \"udp\", \"listen\": 5432}",
                "{\"mode\": 5, \"listen\": 5432}",
                "{\"listen\": 5432}",
                "{\"mode\": \"tcp\", \"listen\": \"x\"}",
                "{\"mode\": \"tcp\", \"listen\": 4999}",
                "{\"mode\": \"tcp\", \"listen\": 6000}",
                "{\"mode\": \"tcp\", \"listen\": 5432, \"basic_auth\": [\"a:b\"]}",
                "{\"mode\": \"tcp\", \"listen\": 5432, \"match_headers\": [\"X-A\"]}",
                "{\"mode\": \"tls\", \"listen\": 5432, \"hostname\": \"~^a$\"}"
            })
    void whatIsNotMeantSoIsLeftOut(String data) {
        PipelineResult assembly = assemble(ContainerFactsBuilder.named("x")
                .hostname("www.example.com")
                .exposes(80)
                .data(data));

        assertThat(assembly.topology().backends()).isEmpty();
        assertThat(AssemblyQueries.findings(assembly, Severity.LEFT_OUT)).isNotEmpty();
    }

    @Test
    void withoutTheOperatorsLeaveThereIsNoPort() {
        PipelineResult assembly = ContainerFactsBuilder.assemble(database("db"));

        assertThat(assembly.topology().tcpListeners()).isEmpty();
        assertThat(AssemblyQueries.findings(assembly, Severity.LEFT_OUT))
                .contains("label interlock.listen", "no ports for TCP", "tcp_ports");
    }

    @Test
    void whatMeansNothingForTcpIsIgnored() {
        PipelineResult assembly =
                assemble(database("db").label("interlock.path", "/x").label("interlock.compression", "true"));

        assertThat(assembly.topology().tcpListeners()).hasSize(1);
        assertThat(AssemblyQueries.findings(assembly, Severity.IGNORED))
                .contains("interlock.path", "interlock.compression");
    }

    private static ContainerFactsBuilder database(String name) {
        return ContainerFactsBuilder.named(name)
                .exposes(5432)
                .label("interlock.mode", "tcp")
                .label("interlock.listen", "5432");
    }

    private static PipelineResult assemble(ContainerFactsBuilder... containers) {
        return new TestPipeline(TERMS)
                .assemble(
                        ContainerFactsBuilder.inventory(new NetworkLocation.OnHost(), containers),
                        ContainerFactsBuilder.admitting(Set.of()));
    }
}
