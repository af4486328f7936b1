package io.interlock.app.topology;

import static io.interlock.app.topology.ContainerFactsBuilder.assemble;
import static io.interlock.app.topology.ContainerFactsBuilder.web;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.interlock.api.topology.AddressRange;
import io.interlock.api.topology.Backend;
import io.interlock.api.topology.BackendPolicy;
import io.interlock.api.topology.BackendPolicy.Balance.Algorithm;
import io.interlock.api.topology.BackendPolicy.BasicAuthentication.User;
import io.interlock.api.topology.HeaderChange;
import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Server;
import io.interlock.api.topology.ServerState;
import io.interlock.app.pipeline.PipelineResult;
import io.interlock.app.topology.findings.Finding;
import io.interlock.app.topology.findings.Finding.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class PolicyAssemblyTest {

    private static final Optional<HostName> WWW = Optional.of(new HostName("www.example.com"));

    private static final String HASH = "$5$abc$qsg6EHbUzHQzF1POlD7zUwBINSELQxypPaeDcZe6vH0";
    private static final String BCRYPT = "$2y$10$" + "a".repeat(53);

    static Stream<Arguments> understood() {
        return Stream.of(
                Arguments.of("{\"ssl_only\": true}", new BackendPolicy.HttpsOnly(308)),
                Arguments.of("{\"ssl_only\": 301}", new BackendPolicy.HttpsOnly(301)),
                Arguments.of("{\"hsts\": true}", hsts(Duration.ofDays(365), false, false)),
                Arguments.of("{\"hsts\": \"max-age=60\"}", hsts(Duration.ofMinutes(1), false, false)),
                Arguments.of("{\"hsts\": \"Max-Age=0 ;includeSubDomains; preload\"}", hsts(Duration.ZERO, true, true)),
                Arguments.of(
                        "{\"allow\": [\"10.1.2.3/8\", \"::1\"]}",
                        new BackendPolicy.AllowedClients(
                                List.of(AddressRange.of("10.0.0.0/8"), AddressRange.of("::1/128")))),
                Arguments.of(
                        "{\"deny\": [\"0.0.0.0/0\"]}",
                        new BackendPolicy.DeniedClients(List.of(AddressRange.of("0.0.0.0/0")))),
                Arguments.of("{\"rate_limit\": \"100/s\"}", new BackendPolicy.RateLimit(100, Duration.ofSeconds(1))),
                Arguments.of("{\"rate_limit\": \"5 / 10m\"}", new BackendPolicy.RateLimit(5, Duration.ofMinutes(10))),
                Arguments.of("{\"rate_limit\": \"1/h\"}", new BackendPolicy.RateLimit(1, Duration.ofHours(1))),
                Arguments.of("{\"max_body\": 10}", new BackendPolicy.BodyLimit(10)),
                Arguments.of("{\"max_body\": \"10m\"}", new BackendPolicy.BodyLimit(10 << 20)),
                Arguments.of("{\"max_body\": \"3G\"}", new BackendPolicy.BodyLimit(3L << 30)),
                Arguments.of(
                        "{\"basic_auth\": [\"alice:" + HASH + "\", \"bob:" + BCRYPT + "\"]}",
                        new BackendPolicy.BasicAuthentication(
                                List.of(new User("alice", HASH), new User("bob", BCRYPT)))),
                Arguments.of(
                        "{\"forward_auth\": \"sso\"}",
                        new BackendPolicy.ForwardAuthentication("sso", List.of(), List.of(), false)),
                Arguments.of(
                        "{\"forward_auth\": \"http://Auth:9091/verify?a=b\", \"forward_auth_response_headers\":"
                                + " [\"Remote-User\", \"Set-Cookie\"], \"forward_auth_request_headers\": [\"Cookie\"],"
                                + " \"forward_auth_trust_forwarded_host\": true}",
                        new BackendPolicy.ForwardAuthentication(
                                "http://Auth:9091/verify?a=b",
                                List.of("remote-user", "set-cookie"),
                                List.of("cookie"),
                                true)),
                Arguments.of("{\"maintenance\": true}", new BackendPolicy.Maintenance(Duration.ofMinutes(1))),
                Arguments.of("{\"maintenance\": 5}", new BackendPolicy.Maintenance(Duration.ofSeconds(5))),
                Arguments.of(
                        "{\"cors_origins\": [\"https://a.example\"]}",
                        new BackendPolicy.CrossOrigin(
                                List.of("https://a.example"),
                                List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"),
                                List.of(),
                                false,
                                Duration.ofMinutes(10))),
                Arguments.of(
                        "{\"request_headers\": [\"X-A: b: c\", \"X-D:\"]}",
                        new BackendPolicy.RequestHeaders(
                                List.of(HeaderChange.set("X-A", "b: c"), HeaderChange.removal("X-D")))),
                Arguments.of(
                        "{\"response_headers\": [\"X-A:b\"]}",
                        new BackendPolicy.ResponseHeaders(List.of(HeaderChange.set("X-A", "b")))),
                Arguments.of(
                        "{\"upstream_host\": \"Files.example.com:8443\"}",
                        new BackendPolicy.UpstreamHost(new HostName("files.example.com"), OptionalInt.of(8443))),
                Arguments.of("{\"request_id\": true}", new BackendPolicy.RequestIds()),
                Arguments.of(
                        "{\"trace_context\": \"pass\"}",
                        new BackendPolicy.TraceContext(BackendPolicy.TraceContext.Origin.CLIENTS, 100)),
                Arguments.of(
                        "{\"trace_context\": \"begin\", \"trace_sampled\": 0}",
                        new BackendPolicy.TraceContext(BackendPolicy.TraceContext.Origin.ALSO_HERE, 0)),
                Arguments.of(
                        "{\"trace_context\": \"restart\", \"trace_sampled\": \"10\"}",
                        new BackendPolicy.TraceContext(BackendPolicy.TraceContext.Origin.ALWAYS_HERE, 10)),
                Arguments.of("{\"compression\": \"true\"}", new BackendPolicy.Compression()),
                Arguments.of("{\"balance\": \"leastconn\"}", new BackendPolicy.Balance(Algorithm.LEAST_CONNECTIONS)),
                Arguments.of("{\"ip_hash\": true}", new BackendPolicy.Balance(Algorithm.SOURCE)),
                Arguments.of("{\"ip_hash\": true, \"balance\": \"uri\"}", new BackendPolicy.Balance(Algorithm.URI)),
                Arguments.of("{\"sticky\": true}", new BackendPolicy.Sticky("INTERLOCK")),
                Arguments.of("{\"sticky\": \"SRV\"}", new BackendPolicy.Sticky("SRV")),
                Arguments.of(
                        "{\"server_timeout\": 60000}",
                        new BackendPolicy.Timeouts(
                                Optional.empty(), Optional.of(Duration.ofMinutes(1)), Optional.empty())),
                Arguments.of("{\"max_conn\": 7}", new BackendPolicy.ConcurrencyLimit(7)),
                Arguments.of("{\"proto\": \"h2\"}", new BackendPolicy.Http2ToServers()),
                Arguments.of("{\"ssl_backend\": true}", new BackendPolicy.TlsToServers(true, WWW)),
                Arguments.of(
                        "{\"ssl_backend\": true, \"ssl_backend_tls_verify\": \"none\"}",
                        new BackendPolicy.TlsToServers(false, WWW)),
                Arguments.of("{\"send_proxy\": true}", new BackendPolicy.ProxyProtocol(1)),
                Arguments.of("{\"send_proxy\": \"v2\"}", new BackendPolicy.ProxyProtocol(2)));
    }

    @ParameterizedTest
    @MethodSource("understood")
    void whatAContainerAsksForBecomesAPolicyOfItsBackend(String document, BackendPolicy policy) {
        PipelineResult assembly = assemble(web("www.example.com").data(document));

        assertThat(policies(assembly)).containsExactly(policy);
        assertThat(assembly.findings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"ssl_only\": false}",
                "{\"hsts\": false}",
                "{\"maintenance\": false}",
                "{\"request_id\": \"false\"}",
                "{\"sticky\": false}",
                "{\"proto\": \"h1\"}",
                "{\"ssl_backend\": false}",
                "{\"send_proxy\": false}",
                "{\"redirect_aliases\": true}",
                "{\"cors_methods\": [\"PUT\"]}"
            })
    void whatIsNotAskedForIsNoPolicy(String document) {
        PipelineResult assembly = assemble(web("www.example.com").data(document));

        assertThat(policies(assembly)).isEmpty();
        assertThat(assembly.findings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"ssl_only": "yes"}           | ssl_only=yes: expected true, false, or the status of the redirect
            {"ssl_only": 303}             | ssl_only=303: expected true, false, or the status of the redirect
            {"allow": "10.0.0.0/8"}       | allow=10.0.0.0/8: expected a list
            {"allow": ["10.0.0.0/33"]}    | allow=["10.0.0.0/33"]: not a range of addresses
            {"allow": ["example.com"]}    | allow=["example.com"]: not a range of addresses
            {"allow": ["10.0.0.0/8", 1]}  | allow=["10.0.0.0/8",1]: expected a list of texts
            {"deny": ["1.2.3"]}           | deny=["1.2.3"]: not a range of addresses
            {"deny": ["::1%eth0"]}        | deny=["::1%eth0"]: not a range of addresses
            {"rate_limit": 100}           | rate_limit=100: expected requests per time
            {"rate_limit": "0/s"}         | rate_limit=0/s: requests is 0
            {"rate_limit": "1/2h"}        | rate_limit=1/2h: period is 7200 s, expected 1 s to 3600 s
            {"max_body": "-1"}            | max_body=-1: expected a number of bytes
            {"max_body": -1}              | max_body=-1: expected a number of bytes
            {"max_body": "10 apples"}     | max_body=10 apples: expected a number of bytes
            {"max_body": "999999999999g"} | max_body=999999999999g: expected a number of bytes
            {"basic_auth": ["alice"]}     | basic_auth=…: expected USER:HASH
            {"basic_auth": ["a:secret"]}  | basic_auth=…: user a has no hash of a password that is safe to keep
            {"forward_auth": true}        | forward_auth=true: expected the URL of a server, or the name
            {"forward_auth": ["sso"]}     | forward_auth=["sso"]: expected
            {"forward_auth": "https://a/"} | forward_auth=https://a/: not the address of a server
            {"forward_auth": "http://u:p@a/"} | forward_auth=http://u:p@a/: not the address of a server
            {"forward_auth": "http://a/#b"} | forward_auth=http://a/#b: not the address of a server
            {"forward_auth": "http://a/ b"} | forward_auth=http://a/ b: not the address of a server
            {"forward_auth": "http://a:0/"} | forward_auth=http://a:0/: not the address of a server
            {"forward_auth": "http://2130706433/"} | forward_auth=http://2130706433/: not the address of a server
            {"forward_auth": "http://0x7f.1/"} | forward_auth=http://0x7f.1/: not the address of a server
            {"forward_auth": "http://127.1/"} | forward_auth=http://127.1/: not the address of a server
            {"forward_auth": "http://127.0.0.1/"} | forward_auth=http://127.0.0.1/: only the operator can choose
            {"forward_auth": "http://[::1]/"} | forward_auth=http://[::1]/: only the operator can choose
            {"forward_auth": "http://[::ffff:127.0.0.1]/"} | forward_auth=http://[::ffff:127.0.0.1]/: only the operator
            {"forward_auth": "http://0.0.0.0/"} | forward_auth=http://0.0.0.0/: only the operator can choose
            {"forward_auth": "http://169.254.169.254/"} | forward_auth=http://169.254.169.254/: only the operator can
            {"forward_auth": "http://LOCALHOST:80"} | forward_auth=http://LOCALHOST:80: only the operator can choose
            {"forward_auth": "a", "forward_auth_response_headers": ["Host"]} | forward_auth_response_headers=["Host"]: the header Host belongs
            {"forward_auth": "a", "forward_auth_response_headers": "User"} | forward_auth_response_headers=User: expected a list
            {"forward_auth": "a", "forward_auth_request_headers": ["a b"]} | forward_auth_request_headers=["a b"]: not the name of a header
            {"forward_auth": "a", "forward_auth_trust_forwarded_host": "x"} | forward_auth_trust_forwarded_host=x: expected true
            {"forward_auth_response_headers": ["User"]} | forward_auth_response_headers=["User"]: expected forward_auth
            {"forward_auth_trust_forwarded_host": false} | forward_auth_trust_forwarded_host=false: expected forward_auth
            {"authelia": "http://a/"}     | authelia=…: is not a field that this version knows (did you mean forward_auth?)
            {"forwardAuth": {"address": "http://a/"}} | forwardAuth=…: is not a field that this version knows (did you mean forward_auth?)
            {"auth_request": "/auth"}     | auth_request=…: is not a field that this version knows (did you mean forward_auth?)
            {"ssl_backend": "maybe"}      | ssl_backend=maybe: expected true or false
            {"basic-auth": ["a:secret"]}  | basic-auth=…: is not a field that this version knows (did you mean basic_auth?); not served
            {"alow": ["10.0.0.0/8"]}      | alow=…: is not a field that this version knows (did you mean allow?); not served
            """)
    void whoeverIsNotProtectedAsAskedIsNotServed(String document, String finding) {
        PipelineResult assembly = assemble(web("www.example.com").data(document), web("other.example.com"));

        assertThat(AssemblyQueries.names(assembly)).containsExactly("other.example.com");
        assertThat(AssemblyQueries.findings(assembly, Severity.LEFT_OUT))
                .startsWith("INTERLOCK_DATA." + finding)
                .containsIgnoringCase("not served, since serving without it might not be safe")
                .doesNotContain("secret");
    }

    /** A proxy computes a hash for each request, and serves no other client meanwhile. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "$5$rounds=100000$abc$qsg6EHbUzHQzF1POlD7zUwBINSELQxypPaeDcZe6vH0",
                "$6$rounds=999999999$abc$qsg6EHbUzHQzF1POlD7zUwBINSELQxypPaeDcZe6vH0",
                "$2b$11$aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "$2b$31$aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "$y$jFT$abc$qsg6EHbUzHQzF1POlD7zUwBINSELQxypPaeDcZe6vH0"
            })
    void whoeverHasAHashThatTakesTooLongToComputeIsNotServed(String hash) {
        PipelineResult assembly = assemble(
                web("www.example.com").data("{\"basic_auth\": [\"alice:" + hash + "\"]}"), web("other.example.com"));

        assertThat(AssemblyQueries.names(assembly)).containsExactly("other.example.com");
        assertThat(AssemblyQueries.findings(assembly, Severity.LEFT_OUT))
                .contains("alice", "at most 99999 rounds")
                .doesNotContain(hash);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"hsts": "max-age"}                   | hsts=max-age: expected true, or the value of the header
            {"hsts": "preload"}                   | hsts=preload: expected a max-age
            {"hsts": "max-age=999999999"}         | hsts=max-age=999999999: max-age is
            {"maintenance": "soon"}               | maintenance=soon: expected true, false, or the seconds
            {"maintenance": 86401}                | maintenance=86401: retry after is
            {"redirect_aliases": 200}             | redirect_aliases=200: expected true, false
            {"cors_origins": ["example.com"]}     | cors_origins=["example.com"]: not an origin
            {"cors_origins": ["*"], "cors_credentials": true} | cors_origins=["*"]: credentials cannot be allowed
            {"cors_origins": ["http://a"], "cors_max_age": "x"} | cors_max_age=x: expected seconds; ignored
            {"cors_origins": ["http://a"], "cors_methods": ["put it"]} | cors_methods=["put it"]: not an HTTP method
            {"request_headers": ["Host: secret"]} | request_headers[0]=…: the header Host belongs to the connection
            {"request_headers": ["X: secret\\n"]} | request_headers[0]=…: the value for the header X is none
            {"request_headers": ["secret"]}       | request_headers[0]=…: expected "NAME: VALUE"
            {"response_headers": ["A b: c"]}      | response_headers[0]=…: the text before the colon is not the name of a header
            {"compression": "gzip"}               | compression=gzip: expected true or false
            {"balance": "static-rr"}              | balance=static-rr: expected one of first, leastconn
            {"sticky": "a b"}                     | sticky=a b: not the name of a cookie
            {"connect_timeout": 0}                | connect_timeout=0: connect is 0 s
            {"max_conn": 0}                       | max_conn=0: per server is 0
            {"proto": "h3"}                       | proto=h3: expected h2 or h1
            {"send_proxy": "v3"}                  | send_proxy=v3: expected true, false, v1 or v2
            {"request-headers": ["X: secret"]}    | request-headers=…: is not a field that this version knows (did you mean request_headers?)
            """)
    void whatElseIsWrongIsIgnored(String document, String finding) {
        PipelineResult assembly = assemble(web("www.example.com").data(document.replace("\\n", "\\u000ax")));

        assertThat(AssemblyQueries.names(assembly)).containsExactly("www.example.com");
        assertThat(AssemblyQueries.findings(assembly, Severity.IGNORED))
                .startsWith("INTERLOCK_DATA." + finding)
                .contains("; ignored")
                .doesNotContain("secret");
    }

    @Test
    void labelsSayTheSameAndWin() {
        PipelineResult assembly = assemble(web("www.example.com")
                .data("{\"rate_limit\": \"1/s\", \"balance\": \"uri\"}")
                .label("interlock.rate_limit", "2/s")
                .label("interlock.allow", "10.0.0.0/8,::1")
                .label("interlock.response_headers.0", "Cache-Control: no-store, private")
                .label("interlock.balance_algorithm", "first")
                .label("interlock.basic_auth", "alice:" + HASH));

        assertThat(policies(assembly))
                .containsExactlyInAnyOrder(
                        new BackendPolicy.RateLimit(2, Duration.ofSeconds(1)),
                        new BackendPolicy.AllowedClients(
                                List.of(AddressRange.of("10.0.0.0/8"), AddressRange.of("::1"))),
                        new BackendPolicy.ResponseHeaders(
                                List.of(HeaderChange.set("Cache-Control", "no-store, private"))),
                        new BackendPolicy.Balance(Algorithm.FIRST),
                        new BackendPolicy.BasicAuthentication(List.of(new User("alice", HASH))));
    }

    @Test
    void theStrictestProtectionThatAnybodyAsksForCounts() {
        PipelineResult assembly = assemble(
                replica(0),
                replica(1)
                        .data("{\"rate_limit\": \"100/s\", \"max_body\": \"1m\", \"allow\": [\"10.0.0.0/8\"],"
                                + " \"ssl_backend\": true, \"ssl_backend_tls_verify\": \"none\", \"ssl_only\": true}"),
                replica(2)
                        .data("{\"rate_limit\": \"10/s\", \"max_body\": \"2m\", \"allow\": [\"10.1.0.0/16\"],"
                                + " \"ssl_backend\": true, \"ssl_only\": 301}"));

        assertThat(policies(assembly))
                .containsExactlyInAnyOrder(
                        new BackendPolicy.RateLimit(10, Duration.ofSeconds(1)),
                        new BackendPolicy.BodyLimit(1 << 20),
                        new BackendPolicy.AllowedClients(List.of(AddressRange.of("10.0.0.0/8"))),
                        new BackendPolicy.AllowedClients(List.of(AddressRange.of("10.1.0.0/16"))),
                        new BackendPolicy.TlsToServers(false, WWW),
                        new BackendPolicy.TlsToServers(true, WWW),
                        new BackendPolicy.HttpsOnly(308));
        assertThat(AssemblyQueries.findings(assembly, Severity.IGNORED)).contains("ssl_only=301: differs from what");
    }

    @Test
    void ofTheRestTheOldestCounts() {
        PipelineResult assembly = assemble(
                replica(2).data("{\"balance\": \"uri\", \"basic_auth\": [\"b:" + HASH + "\"]}"),
                replica(1).data("{\"balance\": \"first\", \"basic_auth\": [\"a:" + HASH + "\"]}"));

        assertThat(policies(assembly))
                .containsExactlyInAnyOrder(
                        new BackendPolicy.Balance(Algorithm.FIRST),
                        new BackendPolicy.BasicAuthentication(List.of(new User("a", HASH))));
        assertThat(AssemblyQueries.findings(assembly, Severity.IGNORED))
                .contains("balance=uri: differs")
                .contains("basic_auth=…: differs");
    }

    /** A newer container must not change how the others are served. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"check\": \"httpchk GET /health\"}",
                "{\"check\": \"redis-check\"}",
                "{\"balance\": \"uri\"}",
                "{\"sticky\": true}",
                "{\"server_timeout\": 100}",
                "{\"retries\": 0}",
                "{\"redirects\": [\"/a /b\"]}",
                "{\"cors_origins\": [\"*\"]}",
                "{\"backend_options\": [\"httpclose\"]}"
            })
    void theSilenceOfTheOldestCountsAndBothAreTold(String document) {
        PipelineResult assembly = assemble(
                replica(1), replica(2), replica(3).data(document), replica(4).data(document));

        Backend backend = AssemblyQueries.backend(assembly, "www_example_com");
        assertThat(backend.healthCheck()).isEqualTo(new HealthCheck.Tcp());
        assertThat(backend.options()).isEmpty();
        assertThat(policies(assembly)).isEmpty();
        assertThat(assembly.findings())
                .extracting(Finding::containerName, Finding::severity)
                .containsExactlyInAnyOrder(
                        tuple("web-1", Severity.CHOICE),
                        tuple("web-3", Severity.IGNORED),
                        tuple("web-4", Severity.IGNORED));
        assertThat(AssemblyQueries.findings(assembly, Severity.IGNORED))
                .contains("web-1 (", "the oldest container of www.example.com, does not ask for it; ignored");
        assertThat(AssemblyQueries.findings(assembly, Severity.CHOICE))
                .contains("web-3 (", "and 1 more ask for something else; this container counts");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"max_conn\": 7}",
                "{\"proto\": \"h2\"}",
                "{\"ssl_backend\": true}",
                "{\"send_proxy\": true}",
                "{\"check_rise\": 3}",
                "{\"slow_start\": 2000}"
            })
    void howAServerIsReachedIsEachContainersOwn(String document) {
        PipelineResult assembly = assemble(replica(1), replica(2).data(document));

        assertThat(AssemblyQueries.backend(assembly, "www_example_com").servers())
                .extracting(server -> server.policies().size())
                .containsExactly(0, 1);
        assertThat(assembly.findings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"*.example.com\"",
                "\"~^a$\"",
                "\"a.example.com:0\"",
                "\"a.example.com:65536\"",
                "\"a.example.com:\"",
                "\"a.example.com\\nX: y\"",
                "\"%[src]\"",
                "\"a b\"",
                "true"
            })
    void aHostForServersIsOneNameOrIgnored(String value) {
        PipelineResult assembly = assemble(replica(1).data("{\"upstream_host\": " + value + "}"));

        assertThat(AssemblyQueries.findings(assembly, Severity.IGNORED)).contains("upstream_host", "ignored");
        assertThat(assembly.topology().backends().getFirst().policies()).isEmpty();
    }

    @Test
    void checksAskForTheNameThatClientsAskFor() {
        assertThat(checkHost("www.example.com\", \"upstream_host\": \"files.example.com:99", "httpchk GET /"))
                .contains("files.example.com");
        assertThat(checkHost("www.example.com", "httpchk GET /")).contains("www.example.com");
        assertThat(checkHost("*.example.com", "httpchk GET /")).contains("interlock.example.com");
        assertThat(checkHost("www.example.com", "httpchk GET / HTTP/1.1\\r\\nHost:\\ other.example.com"))
                .contains("other.example.com");
        assertThat(checkHost("~^a[0-9]$", "httpchk GET /")).isEmpty();
    }

    private static Optional<String> checkHost(String name, String check) {
        Backend backend = assemble(web("web")
                        .data("{\"hostname\": \"" + name + "\", \"ssl_backend\": true, \"check\": \""
                                + check.replace("\\", "\\\\") + "\"}"))
                .topology()
                .backends()
                .getFirst();
        Optional<HostName> host = ((HealthCheck.Http) backend.healthCheck()).host();
        assertThat(backend.servers().getFirst().policies()).containsExactly(new BackendPolicy.TlsToServers(true, host));
        return host.map(HostName::value);
    }

    @Test
    void backendsThatShareANameHaveCookiesOfTheirOwn() {
        PipelineResult assembly = assemble(
                web("www.example.com").data("{\"sticky\": true}"),
                named("api", "{\"path\": \"/api\", \"sticky\": true}"),
                named("shop", "{\"path\": \"/shop\", \"sticky\": \"" + "S".repeat(64) + "\"}"),
                named("next", "{\"match_headers\": [\"X-Next\"], \"sticky\": \"INTERLOCK\"}"));

        assertThat(assembly.topology().backends())
                .flatExtracting(Backend::policies)
                .doesNotHaveDuplicates()
                .hasSize(4)
                .contains(new BackendPolicy.Sticky("INTERLOCK"));
    }

    private static ContainerFactsBuilder named(String name, String document) {
        return ContainerFactsBuilder.named(name)
                .hostname("www.example.com")
                .exposes(80)
                .data(document);
    }

    @Test
    void aNameIsInMaintenanceIfAllItsContainersAreAndElseThoseThatAreRest() {
        PipelineResult some = assemble(replica(0).data("{\"maintenance\": true}"), replica(1));
        assertThat(policies(some)).isEmpty();
        assertThat(AssemblyQueries.backend(some, "www_example_com").servers())
                .extracting(Server::state)
                .containsExactlyInAnyOrder(ServerState.DRAINING, ServerState.READY);

        PipelineResult all =
                assemble(replica(0).data("{\"maintenance\": 5}"), replica(1).data("{\"maintenance\": 5}"));
        assertThat(policies(all)).containsExactly(new BackendPolicy.Maintenance(Duration.ofSeconds(5)));
        assertThat(AssemblyQueries.backend(all, "www_example_com").servers())
                .extracting(Server::state)
                .containsOnly(ServerState.READY);
    }

    @Test
    void aContainerHasAShareOfTheRequests() {
        PipelineResult assembly = assemble(
                replica(1).label("interlock.weight", "9"),
                replica(2),
                replica(3).label("interlock.weight", "0"),
                replica(4).data("{\"weight\": 257}"));

        assertThat(AssemblyQueries.backend(assembly, "www_example_com").servers())
                .extracting(server -> server.weight() + " " + server.state() + (server.backup() ? " backup" : ""))
                .containsExactly("9 READY", "1 READY", "1 READY backup", "1 READY");
        assertThat(AssemblyQueries.findings(assembly, Severity.IGNORED))
                .contains("weight=257: expected 0 to 256; 1 is used");
    }

    @Test
    void aContainerWithoutAShareIsServedAloneAndNeverSupersedesAnother() {
        PipelineResult alone = assemble(replica(1).label("interlock.weight", "0"));
        PipelineResult newer =
                assemble(replica(1), replica(2).label("interlock.weight", "0").label("interlock.release", "9"));

        assertThat(AssemblyQueries.onlyServer(alone).state()).isEqualTo(ServerState.READY);
        assertThat(AssemblyQueries.backend(newer, "www_example_com").servers())
                .extracting(server -> server.state() + (server.backup() ? " backup" : ""))
                .containsExactly("READY", "READY backup");
        assertThat(assemble(replica(1).label("interlock.weight", "0").stopping())
                        .topology()
                        .toString())
                .contains("DRAINING");
    }

    @Test
    void aliasesAreRedirectedToTheContainersOwnName() {
        PipelineResult assembly = assemble(
                web("www.example.com").data("{\"alias_domains\": [\"example.com\"], \"redirect_aliases\": 301}"));

        assertThat(policies(assembly))
                .containsExactly(new BackendPolicy.CanonicalName(new HostName("www.example.com"), 301));
    }

    @Test
    void aDocumentThatCannotBeReadIsNotShownIfItMayHoldSecrets() {
        PipelineResult assembly = assemble(web("www.example.com").data("{\"basic_auth\": [\"alice:secret\""));

        assertThat(assembly.findings().toString())
                .contains("is not one JSON object")
                .doesNotContain("secret");
    }

    @Test
    void policiesShowNoSecrets() {
        PipelineResult assembly = assemble(web("www.example.com")
                .data("{\"basic_auth\": [\"alice:" + HASH + "\"], \"request_headers\": [\"Authorization: secret\"]}"));

        assertThat(assembly.topology().toString())
                .doesNotContain(HASH, "secret")
                .contains("alice");
    }

    private static ContainerFactsBuilder replica(int number) {
        return ContainerFactsBuilder.named("web-" + number)
                .hostname("www.example.com")
                .exposes(8080)
                .createdAfter(number);
    }

    private static List<BackendPolicy> policies(PipelineResult assembly) {
        Backend backend = AssemblyQueries.backend(assembly, "www_example_com");
        return Stream.concat(
                        backend.policies().stream(),
                        backend.servers().stream()
                                .flatMap(server -> server.policies().stream())
                                .map(BackendPolicy.class::cast))
                .toList();
    }

    private static BackendPolicy hsts(Duration age, boolean subDomains, boolean preload) {
        return new BackendPolicy.StrictTransportSecurity(age, subDomains, preload);
    }
}
