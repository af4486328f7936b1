package io.interlock.app.status.explain;

import static io.interlock.app.topology.ContainerFactsBuilder.named;
import static io.interlock.app.topology.ContainerFactsBuilder.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.loadbalancer.ApplyResult.Failed;
import io.interlock.api.loadbalancer.Omission;
import io.interlock.api.stats.ServerStats.State;
import io.interlock.api.status.Explanation;
import io.interlock.api.status.Explanation.Kind;
import io.interlock.api.status.Explanation.Verdict;
import io.interlock.api.status.Problem;
import io.interlock.api.status.Problem.Severity;
import io.interlock.api.topology.HostName;
import io.interlock.app.inventory.ContainerFacts.Health;
import io.interlock.app.inventory.EngineSnapshot.Connection;
import io.interlock.app.inventory.NetworkLocation;
import io.interlock.app.status.StatusFixture;
import io.interlock.app.topology.ContainerFactsBuilder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class ExplanationBuilderTest {

    private final StatusFixture statusService = new StatusFixture();

    @AfterEach
    void close() {
        statusService.close();
    }

    private static Problem only(Explanation explanation) {
        assertThat(explanation.problems()).hasSize(1);
        return explanation.problems().getFirst();
    }

    @Test
    void theWayOfAServedHostIsShownFromListenerToServer() {
        Explanation answer = statusService.runs(web("www.example.com")).explain("WWW.example.com");
        assertThat(answer.kind()).isEqualTo(Kind.HOST);
        assertThat(answer.verdict()).isEqualTo(Verdict.SERVED);
        assertThat(answer.summary())
                .isEqualTo("www.example.com/ leads from port 8080 (haproxy) to backend www_example_com,"
                        + " where 1 of 1 server takes requests");
        assertThat(answer.paths()).singleElement().satisfies(way -> {
            assertThat(way.listeners()).containsExactly(new Explanation.Listener("haproxy", 8080, true));
            assertThat(way.servers()).singleElement().satisfies(served -> {
                assertThat(served.server().name()).isEqualTo("www-example-com");
                assertThat(served.engineId()).isEqualTo("local");
                assertThat(served.stale()).isFalse();
            });
        });
        assertThat(answer.problems()).isEmpty();
    }

    @Test
    void aServiceWhoseHostNameHasNoAddressIsNamed() {
        Problem lookup = new Problem(
                Severity.ERROR,
                Problem.Source.CONFIGURATION,
                "vm.internal",
                Optional.empty(),
                Optional.empty(),
                "",
                "",
                "no such name",
                "no server is served for it in vm.json (legacy.example.com)",
                "");
        statusService.status.services(List.of(lookup));

        assertThat(statusService.runs().explain("legacy.example.com").problems())
                .containsExactly(lookup);
        assertThat(statusService.runs().explain("vm").problems()).containsExactly(lookup);
    }

    @Test
    void aUrlIsTakenApart() {
        Explanation answer =
                statusService.runs(web("www.example.com")).explain("https://www.example.com:8443/a/b?c=d#e");
        assertThat(answer.kind()).isEqualTo(Kind.URL);
        assertThat(answer.verdict()).isEqualTo(Verdict.SERVED);
        assertThat(only(answer).severity()).isEqualTo(Severity.NOTE);
        assertThat(only(answer).value()).isEqualTo("8443");
    }

    @Test
    void theNormalFormOfAPathDecidesWhereItIsNeeded() {
        statusService.runs(
                web("www.example.com"),
                named("admin")
                        .hostname("www.example.com")
                        .label("interlock.path", "/admin")
                        .exposes(80),
                web("open.example.com"));

        Explanation admin = statusService.explain("http://www.example.com//x/../%61dmin?q=//");
        assertThat(admin.summary()).startsWith("www.example.com/admin leads");
        assertThat(only(admin).reason()).isEqualTo("is brought into the normal form /admin");
        for (String path : List.of("/admin%2fx", "/x/..;/admin", "/admin;v=1")) {
            Explanation refused = statusService.explain("http://www.example.com" + path);
            assertThat(refused.verdict()).isEqualTo(Verdict.NOT_SERVED);
            assertThat(refused.summary()).contains("are answered with 400");
        }
        assertThat(statusService.explain("http://open.example.com//%61%2f").problems())
                .isEmpty();
    }

    @Test
    void aNameBelowAWildcardLeadsToIt() {
        statusService.runs(named("all").data("{\"hostname\":\"*.example.com\"}").exposes(80));
        Explanation answer = statusService.explain("a.b.example.com");
        assertThat(answer.verdict()).isEqualTo(Verdict.SERVED);
        assertThat(answer.paths().getFirst().matched()).isEqualTo(new HostName("*.example.com"));
        assertThat(statusService.explain("example.com").verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void aNameLeadsToTheStrongestThatMatches() {
        statusService.runs(
                web("www.example.com"),
                named("previews")
                        .label("interlock.hostname", "~^pr-[0-9]+\\.example\\.com$")
                        .exposes(80),
                named("rest").label("interlock.hostname", "*").exposes(80));

        assertThat(statusService.explain("pr-7.example.com").summary())
                .startsWith("~^pr-[0-9]+\\.example\\.com$/ leads");
        assertThat(statusService.explain("other.org").summary()).startsWith("*/ leads");
        assertThat(statusService.explain("rest").kind()).isEqualTo(Kind.CONTAINER);
    }

    @Test
    void requestsThatGoElsewhereByConditionsAreTold() {
        statusService.runs(
                web("www.example.com"),
                named("canary")
                        .hostname("www.example.com")
                        .label("interlock.match_headers", "X-Canary: yes")
                        .exposes(80),
                named("api")
                        .hostname("www.example.com")
                        .label("interlock.path", "/api")
                        .label("interlock.match_methods", "PUT")
                        .exposes(80));

        Explanation answer = statusService.explain("www.example.com");
        assertThat(answer.verdict()).isEqualTo(Verdict.SERVED);
        assertThat(only(answer).reason()).contains("go to backend www_example_com___if_");
        assertThat(only(answer).value()).contains("X-Canary");
        assertThat(statusService.explain("http://www.example.com/api/x").problems())
                .hasSize(2);
    }

    @Test
    void anExpressionForPathsIsExplainedAsOnePathIs() {
        statusService.runs(
                web("www.example.com"),
                named("php")
                        .hostname("www.example.com")
                        .label("interlock.match_paths", ".*\\.php")
                        .exposes(80));

        assertThat(statusService.explain("http://www.example.com/a/b.php").summary())
                .contains("www_example_com___if_");
        assertThat(statusService.explain("http://www.example.com/a/b").summary())
                .doesNotContain("___if_");
    }

    @Test
    void onePathAloneIsExplained() {
        statusService.runs(
                web("www.example.com"),
                named("health")
                        .hostname("www.example.com")
                        .label("interlock.path", "/health")
                        .label("interlock.path_match", "exact")
                        .exposes(80));

        assertThat(statusService.explain("http://www.example.com/health").summary())
                .startsWith("www.example.com/health alone leads");
        assertThat(statusService.explain("http://www.example.com/x/../health").summary())
                .startsWith("www.example.com/health alone leads");
        assertThat(statusService.explain("http://www.example.com/health/").summary())
                .startsWith("www.example.com/ leads");
        assertThat(statusService.explain("http://www.example.com/health/x").problems())
                .isEmpty();
    }

    @Test
    void aContainerThatIsServedConnectionsIsExplained() {
        Explanation answer = statusService
                .runs(named("db").exposes(5432).label("interlock.mode", "tcp").label("interlock.listen", "5432"))
                .explain("db");

        assertThat(answer.verdict()).isEqualTo(Verdict.SERVED);
        assertThat(answer.paths())
                .singleElement()
                .satisfies(way ->
                        assertThat(way.listeners()).containsExactly(new Explanation.Listener("haproxy", 5432, true)));
    }

    @Test
    void anUnknownHostIsAnsweredWithTheNamesThatAreNear() {
        Explanation answer = statusService
                .runs(web("www.example.com"), web("shop.example.com"))
                .explain("wwww.example.com");
        assertThat(answer.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(answer.suggestions()).containsExactly("www.example.com");
        assertThat(answer.summary())
                .contains("no container that runs asks for wwww.example.com")
                .contains("503");
    }

    @Test
    void aNameWithoutItsDomainIsNear() {
        assertThat(statusService
                        .runs(web("www.example.com"))
                        .explain("example.com")
                        .suggestions())
                .containsExactly("www.example.com");
    }

    @Test
    void whatIsNoHostNameIsSaidToBeNone() {
        Explanation answer = statusService.runs(web("www.example.com")).explain("http://a b/");
        assertThat(answer.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(answer.summary()).isEqualTo("http://a b/ is no host name");
    }

    @Test
    void aHostWhoseContainerIsLeftOutIsExplainedByItsContainer() {
        Explanation answer =
                statusService.runs(named("web").hostname("www.example.com")).explain("www.example.com");
        assertThat(answer.verdict()).isEqualTo(Verdict.NOT_SERVED);
        assertThat(answer.summary())
                .isEqualTo("www.example.com is not served: container web asks for it, but is not served");
        Problem problem = only(answer);
        assertThat(problem.severity()).isEqualTo(Severity.ERROR);
        assertThat(problem.subject()).isEqualTo("web");
        assertThat(problem.field()).isEqualTo("ports");
        assertThat(problem.reason()).isEqualTo("exposes no TCP port");
        assertThat(problem.effect()).isEqualTo("not served");
        assertThat(problem.advice())
                .isEqualTo("give port in INTERLOCK_DATA or label interlock.port, or start it with --expose");
    }

    @Test
    void aHostWhoseDataCannotBeReadIsFoundByTheNameThatItWasStartedWith() {
        statusService.runs(web("www.example.com").data("{oops"));
        Problem problem = only(statusService.explain("www.example.com"));
        assertThat(problem.field()).isEqualTo("INTERLOCK_DATA");
        assertThat(problem.value()).isEqualTo("…");
        assertThat(problem.advice()).contains("correct INTERLOCK_DATA").contains("create the container anew");
    }

    @Test
    void aProtectionThatCannotBeUnderstoodIsNamedWithWhatToCorrect() {
        Explanation answer = statusService
                .runs(web("www.example.com").data("{\"allow\": [\"10.0.0.0/33\"]}"))
                .explain("www.example.com");

        assertThat(answer.verdict()).isEqualTo(Verdict.NOT_SERVED);
        assertThat(only(answer).advice())
                .isEqualTo("correct INTERLOCK_DATA.allow (list of address ranges: only these clients; for example"
                        + " [\"10.0.0.0/8\"]), and create the container anew");
    }

    @Test
    void aNameThatCouldNotBeTakenIsFound() {
        statusService.runs(web("www.example.com").data("{\"alias_domains\":[\"-bad-.example.com\"]}"));
        Explanation answer = statusService.explain("-bad-.example.com");
        assertThat(answer.verdict()).isEqualTo(Verdict.NOT_SERVED);
        assertThat(only(answer).field()).isEqualTo("INTERLOCK_DATA.alias_domains[0]");
    }

    @Test
    void everyReasonForWhichAContainerIsNotServedComesWithWhatToChange() {
        statusService.runs(
                web("paused.example.com").paused(),
                web("sick.example.com").health(Health.UNHEALTHY),
                web("warm.example.com").data("{\"warm\":true}"),
                web("badport.example.com").data("{\"port\":99999}"),
                web("alone.example.com").networkMode("container:gone"),
                web("nojson.example.com").data("[]"),
                named("nameless").data("{\"port\":80}").exposes(80),
                named("stranger").exposes(80));
        for (String name : List.of(
                "paused-example-com",
                "sick-example-com",
                "warm-example-com",
                "badport-example-com",
                "alone-example-com",
                "nojson-example-com",
                "nameless",
                "stranger")) {
            Explanation answer = statusService.explain(name);
            assertThat(answer.kind()).as(name).isEqualTo(Kind.CONTAINER);
            assertThat(answer.verdict()).as(name).isEqualTo(Verdict.NOT_SERVED);
            assertThat(answer.problems()).as(name).isNotEmpty().allSatisfy(problem -> {
                assertThat(problem.field()).isNotEmpty();
                assertThat(problem.effect()).startsWith("not served");
                assertThat(problem.advice()).isNotEmpty();
            });
        }
    }

    @Test
    void aContainerThatOnlyPublishesElsewhereIsToldToPublish() {
        statusService.runs(
                new NetworkLocation.Remote(ContainerFactsBuilder.ip("10.0.0.9")),
                web("www.example.com").publishes(8080, "127.0.0.1", 32768));
        Problem problem = only(statusService.explain("www.example.com"));
        assertThat(problem.field()).isEqualTo("port");
        assertThat(problem.advice()).contains("publish the port");
    }

    @Test
    void aContainerThatDoesNotListenYetIsToldWhereToListen() {
        Explanation answer =
                statusService.nothingListens().runs(web("www.example.com")).explain("www.example.com");
        assertThat(answer.verdict()).isEqualTo(Verdict.NOT_SERVED);
        assertThat(only(answer).severity()).isEqualTo(Severity.WAITING);
        assertThat(only(answer).advice()).contains("listen on port 8080");
    }

    @Test
    void aServerThatTheProxyFindsDownMakesTheHostUnavailable() {
        Explanation answer = statusService
                .runs(web("www.example.com"))
                .proxySays("www_example_com", "www-example-com", State.DOWN, "L4CON")
                .explain("www.example.com");
        assertThat(answer.verdict()).isEqualTo(Verdict.UNAVAILABLE);
        assertThat(answer.summary()).contains("0 of 1 server takes requests").contains("503");
        assertThat(answer.paths().getFirst().servers().getFirst().check())
                .hasValueSatisfying(check -> assertThat(check.result()).isEqualTo("L4CON"));
    }

    @Test
    void eachServerSaysItsShareAndWhatItLacksToGetRequests() {
        Explanation answer = statusService
                .runs(
                        ContainerFactsBuilder.named("one")
                                .hostname("www.example.com")
                                .exposes(8080)
                                .label("interlock.weight", "3"),
                        ContainerFactsBuilder.named("two")
                                .hostname("www.example.com")
                                .exposes(8080)
                                .label("interlock.backup", "true"))
                .explain("www.example.com");

        assertThat(answer.paths().getFirst().servers())
                .satisfiesExactly(
                        one -> {
                            assertThat(one.wanted()).hasValue(100);
                            assertThat(one.seen()).isEmpty();
                            assertThat(one.advice())
                                    .hasValueSatisfying(
                                            advice -> assertThat(advice).contains("no load balancer"));
                        },
                        two -> assertThat(two.wanted()).hasValue(0));
    }

    @Test
    void aServerThatIsDownSaysThatItsCheckHasToSucceed() {
        Explanation answer = statusService
                .runs(web("www.example.com"))
                .proxySays("www_example_com", "www-example-com", State.DOWN, "L4CON")
                .explain("www.example.com");

        assertThat(answer.paths().getFirst().servers().getFirst().advice()).contains("its health check has to succeed");
    }

    @Test
    void aContainerIsFoundByNameAndIdAndWithItsEngine() {
        statusService.runs(web("www.example.com"), web("shop.example.com").engine("b"));
        String id = web("www.example.com").key().shortId();
        for (String question : List.of("www-example-com", id, "local/" + id, "local/www-example-com")) {
            Explanation answer = statusService.explain(question);
            assertThat(answer.kind()).as(question).isEqualTo(Kind.CONTAINER);
            assertThat(answer.verdict()).as(question).isEqualTo(Verdict.SERVED);
            assertThat(answer.summary())
                    .isEqualTo("container www-example-com on engine local is served as www.example.com");
        }
        assertThat(statusService.explain("b/www-example-com").verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void aMisspeltContainerIsAnsweredWithTheOneThatIsNear() {
        Explanation answer = statusService
                .runs(named("frontend").hostname("www.example.com").exposes(80))
                .explain("fronted");
        assertThat(answer.kind()).isEqualTo(Kind.CONTAINER);
        assertThat(answer.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(answer.suggestions()).containsExactly("frontend");
    }

    @Test
    void whatALoadBalancerLeftOutOfTheBackendIsTold() {
        Omission omission = new Omission(
                "www_example_com", Optional.empty(), "backend_options", "httplog", "is not known to HAProxy 3.0");
        Explanation answer =
                statusService.leavesOut(omission, web("www.example.com")).explain("www.example.com");
        assertThat(answer.verdict()).isEqualTo(Verdict.SERVED);
        assertThat(only(answer).severity()).isEqualTo(Severity.WARNING);
        assertThat(only(answer).reason()).isEqualTo("is not known to HAProxy 3.0");
    }

    @Test
    void aLoadBalancerThatDoesNotTakeTheTopologyIsTold() {
        statusService.applies(
                statusService.look(new NetworkLocation.OnHost(), web("www.example.com")),
                new Failed("[ALERT] (12) : port 8080 is in use by nginx"));
        Explanation answer = statusService.explain("www.example.com");
        assertThat(answer.verdict()).isEqualTo(Verdict.UNAVAILABLE);
        assertThat(only(answer).reason()).contains("port 8080 is in use by nginx");
    }

    @Test
    void anEngineThatCannotBeReachedIsToldWhateverIsAsked() {
        statusService.engine("b", new Connection.Unreachable(StatusFixture.NOW, "connection refused"));
        Explanation answer = statusService.runs(web("www.example.com")).explain("nobody.example.org");
        assertThat(only(answer).subject()).isEqualTo("b");
        assertThat(only(answer).reason()).contains("connection refused");
    }
}
