package io.interlock.app.topology;

import static io.interlock.app.topology.ContainerFactsBuilder.assemble;
import static io.interlock.app.topology.ContainerFactsBuilder.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.HostName;
import io.interlock.app.pipeline.PipelineResult;
import io.interlock.app.topology.findings.Finding.Severity;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class ContainerDataAssemblyTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"port\": 8080",
                "nonsense",
                "[]",
                "8080",
                "\"text\"",
                "null",
                "{\"port\": 8080} {}",
                "{\"port\": 8080} trailing",
                "{\"port\": 8080, \"port\": 9090}",
                "{port: 8080}",
                "{'port': 8080}",
                "{\"a\":[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]}"
            })
    void aDocumentThatIsNotOneJsonObjectLeavesTheContainerOutAndNoOther(String document) {
        PipelineResult assembly = assemble(web("www.example.com").data(document), web("other.example.com"));

        assertThat(AssemblyQueries.names(assembly)).containsExactly("other.example.com");
        assertThat(AssemblyQueries.findings(assembly, Severity.LEFT_OUT))
                .startsWith("INTERLOCK_DATA=…: is not ")
                .endsWith("; not served")
                .doesNotContain("\n");
    }

    @Test
    void theReasonNamesLineAndColumn() {
        PipelineResult assembly = assemble(web("www.example.com").data("{\n\"port\" 8080}"));

        assertThat(AssemblyQueries.findings(assembly, Severity.LEFT_OUT)).contains("line 2, column");
    }

    @Test
    void aDocumentOfAbsurdLengthIsNotEvenRead() {
        PipelineResult assembly = assemble(web("www.example.com").data("{\"port\":8080," + " ".repeat(70_000) + "}"));

        assertThat(AssemblyQueries.findings(assembly, Severity.LEFT_OUT)).contains("longer than 65536 characters");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"prot": 8080}             | INTERLOCK_DATA.prot=…: is not a field that this version knows (did you mean port?); ignored
            {"Port": 8080}             | INTERLOCK_DATA.Port=…: is not a field that this version knows (did you mean port?); ignored
            {"alias-domain": ["a.b"]}  | INTERLOCK_DATA.alias-domain=…: is not a field that this version knows (did you mean alias_domains?); ignored
            {"checkinterval": 100}     | INTERLOCK_DATA.checkinterval=…: is not a field that this version knows (did you mean check_interval?); ignored
            {"websocket": true}        | INTERLOCK_DATA.websocket=…: is not a field that this version knows; ignored
            {"alias_domains": "a.b"}   | INTERLOCK_DATA.alias_domains=a.b: expected a list of host names, such as ["foo.com"]; ignored
            {"warm": "yes"}            | INTERLOCK_DATA.warm=yes: expected true or false; taken as false
            {"warm": 1}                | INTERLOCK_DATA.warm=1: expected true or false; taken as false
            {"check": ["httpchk"]}     | INTERLOCK_DATA.check=["httpchk"]: expected text such as "httpchk GET /"; ignored
            {"check": "ping"}          | INTERLOCK_DATA.check=ping: not a kind of check that is known, expected one such as "httpchk GET /" or "tcp-check"; ignored
            {"backend_options": "x"}   | INTERLOCK_DATA.backend_options=x: expected a list of options, such as ["http-no-delay"]; ignored
            {"backend_options": [3]}   | INTERLOCK_DATA.backend_options[0]=3: expected an option as text, such as "http-no-delay"; ignored
            {"backend_options": ["no httpclose"]} | INTERLOCK_DATA.backend_options[0]=no httpclose: expected an option as text, such as "http-no-delay"; ignored
            {"check_interval": 99}     | INTERLOCK_DATA.check_interval=99: expected milliseconds, 100 to 3600000; 5000 is used
            {"check_interval": 3600001} | INTERLOCK_DATA.check_interval=3600001: expected milliseconds, 100 to 3600000; 5000 is used
            {"check_interval": "5s"}   | INTERLOCK_DATA.check_interval=5s: expected milliseconds, 100 to 3600000; 5000 is used
            {"check_interval": 1e400}  | INTERLOCK_DATA.check_interval="Infinity": expected milliseconds, 100 to 3600000; 5000 is used
            """)
    void aWrongValueIsIgnoredWithAReasonWhereTheRestIsClear(String document, String finding) {
        PipelineResult assembly = assemble(web("www.example.com").data(document));

        assertThat(AssemblyQueries.summary(assembly)).isEqualTo("{www.example.com=[172.17.0.2:8080]}");
        assertThat(AssemblyQueries.findings(assembly, Severity.IGNORED)).isEqualTo(finding);
        assertThat(AssemblyQueries.onlyServer(assembly).checkInterval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(AssemblyQueries.backend(assembly, "www_example_com").healthCheck())
                .isEqualTo(new HealthCheck.Tcp());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "65536", "8080.5", "true", "[80]", "{}", "\"http\"", "99999999999999999999"})
    void aWrongPortLeavesTheContainerOut(String port) {
        PipelineResult assembly = assemble(web("www.example.com").data("{\"port\": " + port + "}"));

        assertThat(assembly.topology().virtualHosts()).isEmpty();
        assertThat(AssemblyQueries.findings(assembly, Severity.LEFT_OUT))
                .startsWith("INTERLOCK_DATA.port=")
                .endsWith("expected a TCP port, 1 to 65535; not served");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"port\":null,\"warm\":null,\"check\":null,\"hostname\":null}",
                "{\"port\":\"\",\"hostname\":\" \",\"check\":\"\"}",
                "{\"alias_domains\":[],\"backend_options\":[]}"
            })
    void nullAndEmptyValuesSayNothing(String document) {
        PipelineResult assembly = assemble(web("www.example.com").data(document));

        assertThat(AssemblyQueries.summary(assembly)).isEqualTo("{www.example.com=[172.17.0.2:8080]}");
        assertThat(assembly.findings()).isEmpty();
    }

    @Test
    void everyFieldOfADocumentIsTaken() {
        PipelineResult assembly = assemble(web("www.example.com")
                .data("{\"hostname\":\"api\",\"domain\":\"example.org\",\"alias_domains\":[\"foo.com\"],\"port\":9000,"
                        + "\"warm\":false,\"check\":\"httpchk GET /\",\"backend_options\":[\"forceclose\","
                        + "\"http-no-delay\"],\"check_interval\":10000}"));

        assertThat(AssemblyQueries.summary(assembly))
                .isEqualTo("{api.example.org=[172.17.0.2:9000], foo.com=[172.17.0.2:9000]}");
        assertThat(AssemblyQueries.backend(assembly, "api_example_org")).satisfies(backend -> {
            assertThat(backend.options()).containsExactly("forceclose", "http-no-delay");
            assertThat(backend.healthCheck())
                    .isEqualTo(new HealthCheck.Http("GET", "/", Optional.of(new HostName("api.example.org"))));
        });
        assertThat(AssemblyQueries.onlyServer(assembly).checkInterval()).isEqualTo(Duration.ofSeconds(10));
        assertThat(assembly.findings()).isEmpty();
    }

    @Test
    void theSameFieldsAreTakenFromLabels() {
        PipelineResult assembly = assemble(web("short")
                .label("interlock.hostname", "api")
                .label("interlock.domain", "example.org")
                .label("interlock.alias_domains", "foo.com, bar.com")
                .label("interlock.port", "9000")
                .label("interlock.check", "httpchk /ok")
                .label("interlock.backend_options", "option httpclose,http-no-delay")
                .label("interlock.check_interval", "250"));

        assertThat(AssemblyQueries.names(assembly)).containsExactly("api.example.org", "bar.com", "foo.com");
        assertThat(AssemblyQueries.onlyServer(assembly).port()).isEqualTo(9000);
        assertThat(AssemblyQueries.onlyServer(assembly).checkInterval()).isEqualTo(Duration.ofMillis(250));
        assertThat(AssemblyQueries.backend(assembly, "api_example_org").options())
                .containsExactly("httpclose", "http-no-delay");
        assertThat(assembly.findings()).isEmpty();
    }

    @Test
    void labelsWinFieldByField() {
        PipelineResult assembly = assemble(web("www.example.com")
                .data("{\"port\":\"nonsense\",\"check_interval\":7000,\"alias_domains\":[\"json.com\"]}")
                .label("interlock.port", "9000")
                .label("interlock.alias_domains", "label.com"));

        assertThat(AssemblyQueries.summary(assembly))
                .isEqualTo("{label.com=[172.17.0.2:9000], www.example.com=[172.17.0.2:9000]}");
        assertThat(AssemblyQueries.onlyServer(assembly).checkInterval()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void anEmptyLabelSaysNothing() {
        PipelineResult assembly =
                assemble(web("www.example.com").data("{\"port\":9000}").label("interlock.port", " "));

        assertThat(AssemblyQueries.onlyServer(assembly).port()).isEqualTo(9000);
        assertThat(assembly.findings()).isEmpty();
    }

    @Test
    void numberedLabelsAreOneListByNumberAndMayUseTheOldNames() {
        PipelineResult assembly = assemble(web("www.example.com")
                .label("interlock.alias_domain", "a.com")
                .label("interlock.alias_domain.1", "b.com")
                .label("interlock.alias_domains.0", "c.com")
                .label("interlock.backend_option.10", "last")
                .label("interlock.backend_option.9", "ninth")
                .label("interlock.backend_options", "first"));

        assertThat(AssemblyQueries.names(assembly)).containsExactly("a.com", "b.com", "c.com", "www.example.com");
        assertThat(AssemblyQueries.backend(assembly, "www_example_com").options())
                .containsExactly("first", "ninth", "last");
        assertThat(assembly.findings()).isEmpty();
    }

    @Test
    void anUnknownLabelIsIgnoredWithAReason() {
        PipelineResult assembly = assemble(web("www.example.com")
                .label("interlock.prot", "80")
                .label("interlock.port.0", "80")
                .label("interlock.websocket", "true"));

        assertThat(AssemblyQueries.findings(assembly, Severity.IGNORED).lines())
                .containsExactly(
                        "label interlock.port.0=…: is not a field that this version knows; ignored",
                        "label interlock.prot=…: is not a field that this version knows (did you mean port?); ignored",
                        "label interlock.websocket=…: is not a field that this version knows; ignored");
    }

    @Test
    void theDocumentMayUseOldNamesAndTodaysWin() {
        PipelineResult assembly = assemble(
                web("www.example.com")
                        .data(
                                "{\"check_interval\": 100, \"health_check_interval\": 200, \"context_root\": \"/a\", \"path\": \"/b\"}"));

        assertThat(AssemblyQueries.onlyServer(assembly).checkInterval()).isEqualTo(Duration.ofMillis(100));
        assertThat(AssemblyQueries.backendNames(assembly)).containsExactly("www_example_com___b");
        assertThat(assembly.findings()).isEmpty();
    }

    @Test
    void whatInterlock1NeededAndThisOneDoesNotIsIgnoredWithTheReason() {
        PipelineResult assembly = assemble(web("www.example.com")
                .label("interlock.ssl", "true")
                .label("interlock.ssl_cert_key", "a.key")
                .label("interlock.websocket_endpoint.0", "/ws")
                .label("interlock.ext.name", "haproxy"));

        assertThat(AssemblyQueries.names(assembly)).containsExactly("www.example.com");
        assertThat(AssemblyQueries.findings(assembly, Severity.IGNORED).lines())
                .hasSize(4)
                .allMatch(finding -> finding.contains("is not needed any more") && finding.endsWith("; ignored"));
    }

    @Test
    void numbersAndTruthValuesMayBeWrittenAsText() {
        PipelineResult assembly = assemble(
                web("www.example.com").data("{\"port\":\"9000\",\"check_interval\":\"250\",\"warm\":\"false\"}"));

        assertThat(AssemblyQueries.onlyServer(assembly).port()).isEqualTo(9000);
        assertThat(AssemblyQueries.onlyServer(assembly).checkInterval()).isEqualTo(Duration.ofMillis(250));
        assertThat(assembly.findings()).isEmpty();
    }

    @Test
    void aContainerThatSaysTooMuchWrongIsCutShort() {
        StringBuilder document = new StringBuilder("{\"x\":0");
        for (int i = 0; i < 3_000; i++) {
            document.append(",\"k").append(i).append("\":0");
        }
        PipelineResult assembly =
                assemble(web("www.example.com").data(document.append('}').toString()));

        assertThat(AssemblyQueries.names(assembly)).containsExactly("www.example.com");
        assertThat(assembly.findings()).hasSizeLessThan(60);
        assertThat(AssemblyQueries.findings(assembly, Severity.IGNORED)).contains("has 2951 more problems");
    }

    @Test
    void whatIsShownOfAValueIsShortAndOfOneLine() {
        PipelineResult assembly =
                assemble(web("www.example.com").label("interlock.check", "a\nb\u001b[31m\u202e" + "x".repeat(500)));

        assertThat(assembly.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.value())
                        .startsWith("a\\nb\uFFFD[31m\uFFFDxxx")
                        .endsWith("x…")
                        .hasSizeLessThan(90));
    }
}
