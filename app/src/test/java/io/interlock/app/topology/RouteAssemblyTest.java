package io.interlock.app.topology;

import static io.interlock.app.topology.ContainerFactsBuilder.assemble;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.topology.AddressRange;
import io.interlock.api.topology.BackendPolicy;
import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.RouteCondition;
import io.interlock.api.topology.Server;
import io.interlock.api.topology.VirtualHost;
import io.interlock.app.inventory.ContainerFacts.Health;
import io.interlock.app.inventory.NetworkLocation;
import io.interlock.app.pipeline.PipelineResult;
import io.interlock.app.pipeline.TestPipeline;
import io.interlock.app.readiness.ProbeTarget;
import io.interlock.app.topology.findings.Finding;
import io.interlock.app.topology.findings.Finding.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests several routes of a container, and the requests that each route is for. */
@Tag("unit")
class RouteAssemblyTest {

    @Test
    void aContainerIsServedByEachOfItsRoutesWithWhatItSaysForAll() {
        PipelineResult assembly = assemble(web().data("""
                {"balance": "leastconn", "routes": [
                  {},
                  {"path": "/admin", "port": 9000, "allow": ["10.0.0.0/8"], "balance": "first"},
                  {"hostname": "metrics.example.com", "port": 9090}]}"""));

        assertThat(assembly.findings()).isEmpty();
        assertThat(served(assembly))
                .containsExactly(
                        "metrics.example.com/ → metrics_example_com:9090",
                        "www.example.com/admin → www_example_com___admin:9000",
                        "www.example.com/ → www_example_com:8080");
        assertThat(AssemblyQueries.backend(assembly, "www_example_com").policies())
                .containsExactly(new BackendPolicy.Balance(BackendPolicy.Balance.Algorithm.LEAST_CONNECTIONS));
        assertThat(AssemblyQueries.backend(assembly, "www_example_com___admin").policies())
                .containsExactlyInAnyOrder(
                        new BackendPolicy.AllowedClients(List.of(AddressRange.of("10.0.0.0/8"))),
                        new BackendPolicy.Balance(BackendPolicy.Balance.Algorithm.FIRST));
    }

    @Test
    void routesMayBeNamedInDataAndLabelsAndLabelsWinForEachField() {
        PipelineResult assembly = assemble(web().data("{\"routes\": {\"api\": {\"path\": \"/api\", \"port\": 9000}}}")
                .label("interlock.routes.api.port", "9001")
                .label("interlock.routes.api.alias_domains", "example.com,example.org")
                .label("interlock.routes.rest.path", "/"));

        assertThat(assembly.findings()).isEmpty();
        assertThat(served(assembly))
                .containsExactly(
                        "example.com,example.org/api → www_example_com___api:9001",
                        "www.example.com/api → www_example_com___api:9001",
                        "www.example.com/ → www_example_com:8080");
    }

    @Test
    void oneRouteThatIsWrongLeavesTheContainerOutSinceItMayHaveBeenToProtectSomething() {
        PipelineResult assembly = assemble(
                web().data("{\"routes\": [{\"path\": \"/\"}, {\"path\": \"/admin\", \"allow\": [\"nobody\"]}]}"));

        assertThat(assembly.topology().virtualHosts()).isEmpty();
        assertThat(AssemblyQueries.findings(assembly, Severity.LEFT_OUT))
                .contains("INTERLOCK_DATA.routes[1].allow", "not a range of addresses");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"routes\": 5}",
                "{\"routes\": [5]}",
                "{\"routes\": {\"a b\": {}}}",
                "{\"routes\": [{\"path\": \"/a\"}, {\"path\": \"/a/\"}]}",
                "{\"routes\": [{\"alow\": [\"10.0.0.0/8\"]}]}",
                "{\"match_header\": [\"X-A: b\"]}",
                "{\"match_headers\": \"X-A: b\"}",
                "{\"match_headers\": [\"X A: b\"]}",
                "{\"match_headers\": [\"X-A: b\\nc\"]}",
                "{\"match_cookies\": [\"=b\"]}",
                "{\"match_query\": [5]}",
                "{\"match_methods\": [\"get\"]}",
                "{\"match_clients\": [\"10.0.0.0/33\"]}",
                "{\"match_paths\": []}",
                "{\"match_paths\": \"/a\"}",
                "{\"match_paths\": [\"/(a\"]}",
                "{\"match_paths\": [\"/.*/.*x\"]}",
                "{\"match_paths\": [\"/a\\\\1\"]}",
                "{\"match_paths\": [\"/a\", \"/b\", \"/c\", \"/d\", \"/e\", \"/f\"]}",
                "{\"match_path\": [\"/a\"]}",
                "{\"path_match\": \"Exact\"}",
                "{\"path_match\": \"regex\"}",
                "{\"path_match\": true}",
                "{\"path_match\": \"\"}",
                "{\"path\": \"/%zz\", \"path_match\": \"exact\"}",
                "{\"exact_path\": true}",
                "{\"path_type\": \"Exact\"}",
                "{\"priority\": 1001}",
                "{\"priority\": \"high\"}",
            })
    void whatWouldBeSentOthersRequestsIsLeftOut(String data) {
        PipelineResult assembly = assemble(web().data(data));

        assertThat(assembly.topology().virtualHosts()).isEmpty();
        assertThat(AssemblyQueries.findings(assembly, Severity.LEFT_OUT)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"routes", "routes.allow", "routes.a b.allow", "routes..allow", "routes.admin.alow"})
    void aLabelOfARouteThatCannotBeReadLeavesTheContainerOut(String label) {
        PipelineResult assembly = assemble(web().label("interlock." + label, "10.0.0.0/8"));

        assertThat(assembly.topology().virtualHosts()).isEmpty();
        assertThat(AssemblyQueries.findings(assembly, Severity.LEFT_OUT)).contains("label interlock." + label);
    }

    @Test
    void thereAreFiftyRoutesAtMost() {
        StringBuilder routes = new StringBuilder("{\"path\": \"/\"}");
        for (int i = 1; i < 50; i++) {
            routes.append(", {\"path\": \"/").append(i).append("\"}");
        }

        assertThat(served(assemble(web().data("{\"routes\": [" + routes + "]}"))))
                .hasSize(50);
        assertThat(AssemblyQueries.findings(
                        assemble(web().data("{\"routes\": [" + routes + ", {\"path\": \"/50\"}]}")), Severity.LEFT_OUT))
                .contains("at most 50 routes");
    }

    @ParameterizedTest
    @CsvSource({
        "/a, exact, /a, false",
        "/a/, exact, /a, true",
        "/x/../%61/./, exact, /a, true",
        "/, exact, /, true",
        ", exact, /, true",
    })
    void onePathAloneIsARouteBesideWhatIsBelowIt(String path, String match, String prefix, boolean slash) {
        ContainerFactsBuilder exact = named("exact", "www.example.com").label("interlock.path_match", match);
        PipelineResult assembly = assemble(
                named("main", "www.example.com"),
                named("below", "www.example.com").label("interlock.path", "/a"),
                path == null ? exact : exact.label("interlock.path", path));

        assertThat(assembly.findings()).isEmpty();
        assertThat(assembly.topology().virtualHosts().getFirst().routes())
                .hasSize(3)
                .filteredOn(Route::isExact)
                .singleElement()
                .satisfies(route -> assertThat(route.pathPrefix()).isEqualTo(prefix))
                .satisfies(
                        route -> assertThat(route.conditions()).containsExactly(new RouteCondition.ExactPath(slash)));
    }

    @Test
    void conditionsMakeARouteOfTheirOwnBesideTheRest() {
        PipelineResult assembly = assemble(
                named("main", "www.example.com"),
                named("canary", "www.example.com").data("""
                        {"match_headers": ["X-Canary: yes", "X-Any"], "match_cookies": ["release=next"],
                         "match_query": ["v=2"], "match_methods": ["GET", "PUT"], "match_clients": ["10.0.0.0/8"], "priority": "7"}"""),
                named("canary-2", "www.example.com").data("""
                        {"match_headers": ["X-Any:", "X-Canary:yes"], "match_cookies": ["release=next"], "priority": 7,
                         "match_query": ["v=2"], "match_methods": ["PUT", "GET"], "match_clients": ["10.1.0.0/8"]}"""));

        assertThat(assembly.findings()).isEmpty();
        VirtualHost host = assembly.topology().virtualHosts().getFirst();
        Route route = host.routes().getFirst();
        assertThat(route.priority()).isEqualTo(7);
        assertThat(route.conditions())
                .containsExactlyInAnyOrder(
                        new RouteCondition.Header("X-Canary", Optional.of("yes")),
                        new RouteCondition.Header("X-Any", Optional.empty()),
                        new RouteCondition.Cookie("release", Optional.of("next")),
                        new RouteCondition.Query("v", Optional.of("2")),
                        new RouteCondition.Method(List.of("GET", "PUT")),
                        new RouteCondition.Client(List.of(AddressRange.of("10.0.0.0/8"))));
        assertThat(AssemblyQueries.backend(assembly, route.backendName()).servers())
                .extracting(Server::name)
                .containsExactly("canary", "canary-2");
        assertThat(route.backendName()).isEqualTo("www_example_com___if____e755e0240cd7a281");
        assertThat(host.routes().get(1)).isEqualTo(Route.toBackend("www_example_com"));
    }

    @Test
    void ofRoutesThatAreEquallySpecificTheOldestContainersComesFirst() {
        ContainerFactsBuilder b = named("b", "www.example.com").label("interlock.match_headers", "X-B");
        ContainerFactsBuilder a = named("a", "www.example.com").label("interlock.match_headers", "X-A");

        PipelineResult bFirst = assemble(b.createdAfter(1), a.createdAfter(2));
        PipelineResult aFirst = assemble(b.createdAfter(2), a.createdAfter(1));

        assertThat(bFirst.topology().virtualHosts().getFirst().routes())
                .extracting(route -> route.conditions().toString())
                .containsExactly(
                        "[Header[name=X-B, value=Optional.empty]]", "[Header[name=X-A, value=Optional.empty]]");
        assertThat(aFirst.topology().virtualHosts().getFirst().routes())
                .isEqualTo(bFirst.topology().virtualHosts().getFirst().routes().reversed());
    }

    @Test
    void theOldestContainersPriorityCounts() {
        PipelineResult assembly = assemble(
                named("old", "www.example.com")
                        .label("interlock.priority", "-5")
                        .createdAfter(1),
                named("new", "www.example.com").label("interlock.priority", "5").createdAfter(2));

        assertThat(assembly.topology()
                        .virtualHosts()
                        .getFirst()
                        .routes()
                        .getFirst()
                        .priority())
                .isEqualTo(-5);
        assertThat(AssemblyQueries.findings(assembly, Severity.IGNORED)).contains("label interlock.priority", "old");
    }

    @ParameterizedTest
    @CsvSource({
        "hostname, '~^pr-[0-9]+\\.example\\.com$', '~^pr-[0-9]+\\.example\\.com$'",
        "hostname, '~^PR\\.example\\.com$',      '~^pr\\.example\\.com$'",
        "alias_domains, '~^(a|b)\\.x\\.com$',    '~^(a|b)\\.x\\.com$'",
        "alias_domains, *,                      *",
        "default, true,                         *",
    })
    void aContainerMayAskForManyNames(String field, String value, String expected) {
        PipelineResult assembly = assemble(web().label("interlock." + field, value));

        assertThat(assembly.findings()).isEmpty();
        assertThat(assembly.topology().virtualHosts().getFirst().hostNames()).contains(new HostName(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "~pr",
                "~^(a+)+$",
                "~^.*$",
                "~^[a-z]*[a-z]*[a-z]*$",
                "~^a\nb$",
                "~^a b$",
                "~^[z-a]$",
                "~^a{3,1}$",
                "~^(?i)a$",
                "~^\\w$",
                "~^[a-z0-9]+[a-z0-9]+_$"
            })
    void anExpressionThatMightTakeLongOrIsNoneIsIgnored(String expression) {
        PipelineResult assembly = assemble(web().label("interlock.alias_domains.0", expression));

        assertThat(assembly.topology().virtualHosts().getFirst().hostNames())
                .containsExactly(new HostName("www.example.com"));
        assertThat(AssemblyQueries.findings(assembly, Severity.IGNORED)).contains("not a regular expression");
    }

    @Test
    void aContainerHasAtMostTenExpressionsOverAllItsRoutes() {
        ContainerFactsBuilder container = web();
        for (int i = 0; i < 6; i++) {
            container
                    .label("interlock.routes.r" + i + ".hostname", "~^a" + i + "\\.com$")
                    .label("interlock.routes.r" + i + ".alias_domains.0", "~^b" + i + "\\.com$")
                    .label("interlock.routes.r" + i + ".alias_domains.1", "c" + i + ".com");
        }

        PipelineResult assembly = assemble(container);

        assertThat(assembly.topology().virtualHosts().stream()
                        .flatMap(host -> host.hostNames().stream())
                        .filter(HostName::isExpression)
                        .distinct())
                .hasSize(10);
        assertThat(AssemblyQueries.findings(assembly, Severity.IGNORED)).contains("more than 10 regular expressions");
    }

    @Test
    void namesForManyCanOnlyBeGivenInTheData() {
        assertThat(assemble(ContainerFactsBuilder.named("a")
                                .hostname("~^a\\.b$")
                                .exposes(80))
                        .topology()
                        .virtualHosts())
                .isEmpty();
    }

    @Test
    void checksBackupsAndSlowStartsAreUnderstood() {
        PipelineResult assembly = assemble(web().data("""
                {"backup": true, "check": "httpchk GET /health", "check_status": "200-204", "check_headers": ["X-Check: yes"],
                 "retries": 3, "retry_on": ["timeout", "connect", 503],
                 "check_rise": 2, "check_fall": "3", "slow_start": 5000}"""));

        assertThat(assembly.findings()).isEmpty();
        assertThat(AssemblyQueries.backend(assembly, "www_example_com")
                        .servers()
                        .getFirst()
                        .backup())
                .isTrue();
        HealthCheck.Http check = (HealthCheck.Http)
                AssemblyQueries.backend(assembly, "www_example_com").healthCheck();
        assertThat(check.expected()).isEqualTo(new HealthCheck.Statuses(200, 204));
        assertThat(check.headers()).hasSize(1);
        assertThat(AssemblyQueries.backend(assembly, "www_example_com").policies())
                .containsExactly(new BackendPolicy.Retries(
                        Optional.of(3),
                        List.of(
                                BackendPolicy.Retries.Cause.CONNECT,
                                BackendPolicy.Retries.Cause.TIMEOUT,
                                BackendPolicy.Retries.Cause.STATUS_503)));
        assertThat(AssemblyQueries.onlyServer(assembly).policies())
                .containsExactlyInAnyOrder(
                        new BackendPolicy.CheckThresholds(2, 3), new BackendPolicy.SlowStart(Duration.ofSeconds(5)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"backup\": 1}",
                "{\"check_status\": 200}",
                "{\"check\": \"tcp-check\", \"check_headers\": [\"X-A: b\"]}",
                "{\"check\": \"httpchk GET /\", \"check_status\": \"2xx\"}",
                "{\"check\": \"httpchk GET /\", \"check_status\": \"299-200\"}",
                "{\"check\": \"httpchk GET /\", \"check_headers\": [\"X-A:\"]}",
                "{\"check_rise\": 0}",
                "{\"check_fall\": 101}",
                "{\"slow_start\": 999}",
                "{\"retries\": 11}",
                "{\"redirects\": [\"/old\"]}",
                "{\"redirects\": [\"/old /new 200\"]}",
                "{\"redirects\": [\"/old //evil.example.com\"]}",
                "{\"redirects\": [\"/old javascript:alert(1)\"]}",
                "{\"redirects\": [\"/old /new/*\"]}",
                "{\"redirects\": [\"old /new\"]}",
                "{\"healthcheck\": \"no\"}",
                "{\"retry_on\": [\"always\"]}",
                "{\"retry_on\": \"connect\"}",
                "{\"warm\": true, \"proto\": \"h2\"}",
                "{\"cors_origins\": [\"*\"], \"cors_methods\": [\"get\"]}",
                "{\"default\": \"yes\"}"
            })
    void wrongValuesOfTheseAreIgnored(String data) {
        PipelineResult assembly = assemble(web().data(data));

        assertThat(served(assembly)).containsExactly("www.example.com/ → www_example_com:8080");
        assertThat(AssemblyQueries.findings(assembly, Severity.IGNORED)).isNotEmpty();
        assertThat(AssemblyQueries.backend(assembly, "www_example_com")
                        .servers()
                        .getFirst()
                        .backup())
                .isFalse();
    }

    @Test
    void redirectsAreUnderstood() {
        PipelineResult assembly = assemble(web().data("""
                {"redirects": ["/old /new", "/docs/*  https://docs.example.com/v2/* 302", "/* /other", "/a/* / 303"]}"""));

        assertThat(assembly.findings()).isEmpty();
        assertThat(AssemblyQueries.backend(assembly, "www_example_com").policies())
                .containsExactly(new BackendPolicy.Redirects(List.of(
                        new BackendPolicy.Redirects.Redirect("/old", false, "/new", false, 308),
                        new BackendPolicy.Redirects.Redirect("/docs", true, "https://docs.example.com/v2", true, 302),
                        new BackendPolicy.Redirects.Redirect("/", true, "/other", false, 308),
                        new BackendPolicy.Redirects.Redirect("/a", true, "/", false, 303))));
    }

    @Test
    void aWrongElementOfAListIsLeftOutAlone() {
        PipelineResult assembly = assemble(web().data("""
                {"redirects": ["/old/* /*", "nonsense", "/caf%c3%a9 /new", "/a%2fb /c"],
                 "request_headers": ["X-A: 1", "X A: 1"], "response_headers": ["X-B: 1", 7]}"""));

        assertThat(AssemblyQueries.backend(assembly, "www_example_com").policies())
                .contains(new BackendPolicy.Redirects(List.of(
                        new BackendPolicy.Redirects.Redirect("/old", true, "/", true, 308),
                        new BackendPolicy.Redirects.Redirect("/caf%C3%A9", false, "/new", false, 308))))
                .hasSize(3);
        assertThat(AssemblyQueries.findings(assembly, Severity.IGNORED))
                .contains("redirects[1]", "redirects[3]", "request_headers[1]", "response_headers[1]")
                .doesNotContain("[0]", "redirects[2]");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/, /api",
        "//api, /api",
        "/%61pi, /api",
        "/x/../api, /api",
        "/caf%c3%a9, /caf%C3%A9",
        "/café, /caf%C3%A9",
        "/a/*/b, /a/*/b"
    })
    void aPathIsTakenInNormalForm(String path, String prefix) {
        assertThat(served(assemble(web().label("interlock.path", path))))
                .singleElement()
                .asString()
                .startsWith("www.example.com" + prefix + " → ");
    }

    @ParameterizedTest
    @CsvSource({"/api/*, write /api without", "/api/**, write /api without", "/*, write / without", "/a%2fb, encoded"})
    void aPathThatWouldNeverMatchIsTold(String path, String advice) {
        PipelineResult assembly = assemble(web().label("interlock.path", path));

        assertThat(served(assembly)).isEmpty();
        assertThat(AssemblyQueries.findings(assembly, Severity.LEFT_OUT)).contains(advice);
    }

    @Test
    void aHealthcheckMayBeLeftOutOfAccount() {
        ContainerFactsBuilder ill = web().health(Health.UNHEALTHY);

        assertThat(served(assemble(ill))).isEmpty();
        assertThat(served(assemble(ill.label("interlock.healthcheck", "false"))))
                .containsExactly("www.example.com/ → www_example_com:8080");
        assertThat(served(assemble(ill.label("interlock.healthcheck", "no")))).isEmpty();
    }

    @Test
    void theLatestReleaseGetsTheRequestsOnceItCanServe() {
        ContainerFactsBuilder blue = named("blue", "www.example.com").label("interlock.release", "1");
        ContainerFactsBuilder green = named("green", "www.example.com").label("interlock.release", "2");
        ContainerFactsBuilder old = named("old", "www.example.com");

        assertThat(states(assemble(blue, green, old))).containsExactly("blue DRAINING", "green READY", "old DRAINING");
        assertThat(states(assemble(blue, green.stopping(), old)))
                .containsExactly("blue READY", "green DRAINING", "old DRAINING");
        assertThat(states(assemble(named("blue", "www.example.com").label("interlock.release", "v1"), old)))
                .containsExactly("blue READY", "old READY");
    }

    private static List<String> states(PipelineResult assembly) {
        return AssemblyQueries.backend(assembly, "www_example_com").servers().stream()
                .map(server -> server.name() + " " + server.state())
                .toList();
    }

    @Test
    void aContainerIsServedOnceAllOfItsPortsListen() {
        TestPipeline assembler = new TestPipeline();
        ContainerFactsBuilder container =
                web().data("{\"routes\": [{\"path\": \"/\"}, {\"path\": \"/b\", \"port\": 9000}]}");
        Predicate<ProbeTarget> onlyTheFirst = contact -> port(contact) == 8080;

        PipelineResult assembly = assembler.assemble(
                ContainerFactsBuilder.inventory(new NetworkLocation.OnHost(), container), onlyTheFirst);

        assertThat(assembly.topology().virtualHosts()).isEmpty();
        assertThat(assembly.targets()).extracting(RouteAssemblyTest::port).containsExactlyInAnyOrder(8080, 9000);
        assertThat(assembly.findings()).extracting(Finding::value).containsExactly("9000");
        assertThat(assembler
                        .assemble(
                                ContainerFactsBuilder.inventory(new NetworkLocation.OnHost(), container),
                                ContainerFactsBuilder.admitting(Set.of()))
                        .topology()
                        .virtualHosts())
                .hasSize(1);
    }

    private static ContainerFactsBuilder web() {
        return named("web", "www.example.com");
    }

    private static ContainerFactsBuilder named(String name, String host) {
        return ContainerFactsBuilder.named(name).hostname(host).exposes(8080);
    }

    private static List<String> served(PipelineResult assembly) {
        return assembly.topology().virtualHosts().stream()
                .flatMap(host -> host.routes().stream()
                        .map(route -> String.join(
                                        ",",
                                        host.hostNames().stream()
                                                .map(HostName::value)
                                                .toList())
                                + route.pathPrefix() + " → " + route.backendName() + ":"
                                + AssemblyQueries.backend(assembly, route.backendName())
                                        .servers()
                                        .getFirst()
                                        .port()))
                .toList();
    }

    private static int port(ProbeTarget target) {
        return target.endpoints().getFirst().port();
    }
}
