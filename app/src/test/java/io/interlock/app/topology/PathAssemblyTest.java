package io.interlock.app.topology;

import static io.interlock.app.topology.ContainerFactsBuilder.assemble;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.topology.Backend;
import io.interlock.api.topology.BackendPolicy;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.TlsVersion;
import io.interlock.api.topology.VirtualHost;
import io.interlock.app.inventory.NetworkLocation;
import io.interlock.app.pipeline.PipelineResult;
import io.interlock.app.pipeline.TestPipeline;
import io.interlock.app.topology.findings.Finding.Severity;
import io.interlock.app.topology.grouping.BackendNames;
import io.interlock.app.topology.options.RouteScope;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class PathAssemblyTest {

    @Test
    void containersOfOneNameShareItByPath() {
        PipelineResult assembly = assemble(
                named("site", "www.example.com"),
                named("api-1", "www.example.com").label("interlock.path", "/api"),
                named("api-2", "www.example.com").label("interlock.path", "/api/"),
                named("v2", "www.example.com").data("{\"path\": \"/api/v2\"}"));

        assertThat(routes(assembly))
                .isEqualTo(Map.of(
                        "www.example.com",
                        "/api/v2=www_example_com___api_v2[v2]"
                                + " /api=www_example_com___api[api-1, api-2] /=www_example_com[site]"));
        assertThat(assembly.findings()).isEmpty();
    }

    @Test
    void namesThatAreServedAlikeStayOneVirtualHostAndOthersDoNot() {
        PipelineResult assembly = assemble(
                named("site", "www.example.com").label("interlock.alias_domains", "example.com,example.org"),
                named("api", "www.example.com")
                        .label("interlock.alias_domains", "example.com")
                        .label("interlock.path", "/api"),
                named("other", "other.example.com"));

        assertThat(assembly.topology().virtualHosts())
                .extracting(
                        host -> host.hostNames().stream().map(HostName::value).toList() + "→"
                                + host.routes().size())
                .containsExactlyInAnyOrder(
                        "[example.com, www.example.com]→2", "[example.org]→1", "[other.example.com]→1");
    }

    @Test
    void aNameOfWhichOnlyAPathIsClaimedHasNoOtherRoute() {
        PipelineResult assembly = assemble(named("api", "api.example.com").label("interlock.context_root", "/v1"));

        assertThat(routes(assembly)).isEqualTo(Map.of("api.example.com", "/v1=api_example_com___v1[api]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"api", "", "/a b", "/a%2fb", "/a\"b", "/é b", "/a#b", "/a?b"})
    void aWrongPathLeavesTheContainerOutSinceItWouldGetWhatIsMeantForOthers(String path) {
        PipelineResult assembly = assemble(
                named("site", "www.example.com"),
                named("api", "www.example.com").data("{\"path\": \"" + path.replace("\"", "\\\"") + "\"}"));

        if (path.isEmpty()) {
            assertThat(AssemblyQueries.backend(assembly, "www_example_com").servers())
                    .hasSize(2);
        } else {
            assertThat(routes(assembly)).isEqualTo(Map.of("www.example.com", "/=www_example_com[site]"));
            assertThat(AssemblyQueries.findings(assembly, Severity.LEFT_OUT))
                    .contains("not a path prefix", "; not served");
        }
    }

    @Test
    void aPathIsTakenAwayIfTheContainerAsksForThat() {
        PipelineResult assembly = assemble(
                named("api", "www.example.com").label("interlock.path", "/api").label("interlock.strip_path", "true"),
                named("site", "site.example.com").label("interlock.strip_path", "true"),
                named("old", "old.example.com")
                        .label("interlock.context_root", "/old")
                        .label("interlock.context_root_rewrite", "maybe"));

        assertThat(AssemblyQueries.backend(assembly, "www_example_com___api").policies())
                .containsExactly(new BackendPolicy.StrippedPath("/api"));
        assertThat(AssemblyQueries.backend(assembly, "site_example_com").policies())
                .isEmpty();
        assertThat(AssemblyQueries.backend(assembly, "old_example_com___old").policies())
                .isEmpty();
        assertThat(AssemblyQueries.findings(assembly, Severity.IGNORED)).contains("expected true or false");
    }

    @Test
    void whatContainersOfANameAskForAboutTlsIsPutTogether() {
        PipelineResult assembly = assemble(
                named("site", "www.example.com").label("interlock.ssl_cert", "site"),
                named("api", "www.example.com")
                        .label("interlock.path", "/api")
                        .label("interlock.ssl_cert", "api")
                        .label("interlock.tls", "acme")
                        .label("interlock.tls_min_version", "1.3"));

        VirtualHost host = assembly.topology().virtualHosts().getFirst();
        assertThat(host.tls().certificate()).contains("site");
        assertThat(host.tls().issued()).isTrue();
        assertThat(host.tls().leastVersion()).contains(TlsVersion.TLS_1_3);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1, www_example_com___api_v1",
        "/a-b, www_example_com___a-b",
        "/a_b, www_example_com___a_b___",
        "/a.b, www_example_com___a_b___",
        "/a/b, www_example_com___a_b",
        "/a%20b, www_example_com___a_20b___",
        "/A, www_example_com___A"
    })
    void aBackendIsNamedByNameAndPath(String path, String expected) {
        String name = BackendNames.of(new HostName("www.example.com"), below(path));

        assertThat(name).startsWith(expected);
        assertThat(name.length()).isEqualTo(expected.length() + (expected.endsWith("___") ? 16 : 0));
    }

    @Test
    void noPathMakesANameThatIsTooLongOrAnothersName() {
        String host = "a_".repeat(31) + "a." + "b_".repeat(31) + "b." + "c_".repeat(31) + "c." + "d_".repeat(29) + "d";
        String path = "/" + "~".repeat(1000);

        assertThat(BackendNames.of(new HostName(host), below(path))).hasSizeLessThanOrEqualTo(512);
        assertThat(BackendNames.of(new HostName(host), below(path + "a")))
                .isNotEqualTo(BackendNames.of(new HostName(host), below(path + "b")));
    }

    @Test
    void aContainerThatChangesItsPathMovesAndNothingStays() {
        TestPipeline assembler = new TestPipeline();
        ContainerFactsBuilder site = named("site", "www.example.com");
        of(assembler, site, named("api", "www.example.com").label("interlock.path", "/a"));
        PipelineResult moved =
                of(assembler, site, named("api", "www.example.com").label("interlock.path", "/b"));

        assertThat(routes(moved))
                .isEqualTo(Map.of("www.example.com", "/b=www_example_com___b[api] /=www_example_com[site]"));
    }

    private static PipelineResult of(TestPipeline assembler, ContainerFactsBuilder... containers) {
        return assembler.assemble(
                ContainerFactsBuilder.inventory(new NetworkLocation.OnHost(), containers),
                ContainerFactsBuilder.admitting(Set.of()));
    }

    private static ContainerFactsBuilder named(String name, String host) {
        return ContainerFactsBuilder.named(name).hostname(host).exposes(8080);
    }

    private static RouteScope below(String path) {
        return RouteScope.below(path, List.of());
    }

    private static Map<String, String> routes(PipelineResult assembly) {
        Map<String, String> routes = new TreeMap<>();
        for (VirtualHost host : assembly.topology().virtualHosts()) {
            for (HostName name : host.hostNames()) {
                routes.put(
                        name.value(),
                        host.routes().stream()
                                .map(route -> route.pathPrefix() + "=" + route.backendName()
                                        + servers(AssemblyQueries.backend(assembly, route.backendName())))
                                .collect(Collectors.joining(" ")));
            }
        }
        return routes;
    }

    private static String servers(Backend backend) {
        return backend.servers().stream().map(server -> server.name()).toList().toString();
    }
}
