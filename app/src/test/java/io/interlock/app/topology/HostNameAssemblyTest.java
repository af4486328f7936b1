package io.interlock.app.topology;

import static io.interlock.app.topology.ContainerFactsBuilder.assemble;
import static io.interlock.app.topology.ContainerFactsBuilder.named;
import static io.interlock.app.topology.ContainerFactsBuilder.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.app.pipeline.PipelineResult;
import io.interlock.app.topology.findings.Finding.Severity;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class HostNameAssemblyTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            www.example.com | ''          | {}                                                  | www.example.com
            WWW.Example.COM | ''          | {}                                                  | www.example.com
            www             | example.com | {}                                                  | www.example.com
            www.example.com | example.com | {}                                                  | www.example.com
            www.example.com | other.org   | {}                                                  | www.example.com
            bücher.example  | ''          | {}                                                  | xn--bcher-kva.example
            www.example.com.| ''          | {}                                                  | www.example.com
            short           | ''          | {"hostname":"api.example.com"}                      | api.example.com
            www.example.com | ''          | {"hostname":"api.example.com"}                      | api.example.com
            www.example.com | example.com | {"hostname":"api"}                                  | api.example.com
            www             | ''          | {"domain":"example.com"}                            | www.example.com
            www             | example.com | {"domain":"example.org"}                            | www.example.org
            short           | ''          | {"hostname":"api","domain":"example.com"}           | api.example.com
            short           | ''          | {"hostname":"api.v1","domain":"example.com"}        | api.v1.example.com
            short           | ''          | {"hostname":"api.example.com","domain":"example.com"} | api.example.com
            short           | ''          | {"hostname":"example.com","domain":"example.com"}   | example.com
            short           | ''          | {"hostname":"intranet"}                             | intranet
            short           | ''          | {"hostname":"*.example.com"}                        | *.example.com
            short           | ''          | {"hostname":"*","domain":"example.com"}             | *.example.com
            """)
    void aNameIsHostnameAndDomainUnlessTheDataSayOtherwise(
            String hostname, String domainname, String data, String expected) {
        PipelineResult assembly =
                assemble(web("w").hostname(hostname).domainname(domainname).data(data));

        assertThat(AssemblyQueries.names(assembly)).containsExactly(expected);
        assertThat(assembly.findings()).isEmpty();
    }

    @Test
    void aDomainForAHostnameWithDotsIsIgnoredWithAReason() {
        PipelineResult assembly = assemble(web("www.example.com").data("{\"domain\":\"other.org\"}"));

        assertThat(AssemblyQueries.names(assembly)).containsExactly("www.example.com");
        assertThat(AssemblyQueries.findings(assembly, Severity.IGNORED))
                .startsWith("INTERLOCK_DATA.domain=other.org: does not apply to a hostname with dots");
    }

    @Test
    void aContainerThatNeverAskedIsRecordedWithoutShouting() {
        PipelineResult assembly = assemble(named("db").exposes(5432));

        assertThat(assembly.topology().virtualHosts()).isEmpty();
        assertThat(assembly.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.NOT_ADDRESSED);
            assertThat(finding.containerName()).isEqualTo("db");
            assertThat(finding.message()).hasSizeLessThan(60);
        });
    }

    @ParameterizedTest
    @CsvSource({"8080", "80"})
    void aShortNameWithDataButNoNameIsLeftOutWithAReasonThatSaysWhatToDo(String port) {
        PipelineResult assembly = assemble(named("api").label("interlock.port", port));

        assertThat(assembly.topology().virtualHosts()).isEmpty();
        assertThat(AssemblyQueries.findings(assembly, Severity.LEFT_OUT))
                .startsWith("hostname=3f2a9c01bd77: has no dotted name; not served:")
                .contains("--hostname www.example.com");
    }

    @Test
    void anEmptyDocumentAsksAndWhitespaceDoesNot() {
        assertThat(assemble(named("a").data("{}")).findings().getFirst().severity())
                .isEqualTo(Severity.LEFT_OUT);
        assertThat(assemble(named("a").data("  ")).findings().getFirst().severity())
                .isEqualTo(Severity.NOT_ADDRESSED);
    }

    @Test
    void aWildcardAsHostnameIsNotTakenUnlessTheDataSayIt() {
        PipelineResult assembly = assemble(web("*.example.com"));

        assertThat(assembly.topology().virtualHosts()).isEmpty();
        assertThat(AssemblyQueries.findings(assembly, Severity.IGNORED)).contains("can only be given in the data");
        assertThat(AssemblyQueries.findings(assembly, Severity.LEFT_OUT)).contains("has no dotted name");
    }

    @Test
    void aDottedHostnameThatIsNoHostNameIsLeftOut() {
        PipelineResult assembly = assemble(web("www..example.com"));

        assertThat(assembly.topology().virtualHosts()).isEmpty();
        assertThat(AssemblyQueries.findings(assembly, Severity.IGNORED))
                .contains("not a host name: \"www..example.com\"");
        assertThat(AssemblyQueries.findings(assembly, Severity.LEFT_OUT)).isNotEmpty();
    }

    @Test
    void aWrongHostnameInTheDataNeverFallsBackToTheRealOne() {
        PipelineResult assembly =
                assemble(web("www.example.com").data("{\"hostname\":5, \"alias_domains\":[\"foo.com\"]}"));

        assertThat(AssemblyQueries.names(assembly)).containsExactly("foo.com");
        assertThat(AssemblyQueries.findings(assembly, Severity.IGNORED))
                .startsWith("INTERLOCK_DATA.hostname=5: expected text");
    }

    @Test
    void theHostsNameIsNotClaimedByAContainerInItsNetwork() {
        ContainerFactsBuilder container = web("node1.example.com").networkMode("host");

        assertThat(assemble(container).findings().getFirst().severity()).isEqualTo(Severity.NOT_ADDRESSED);
        assertThat(AssemblyQueries.names(assemble(container.data("{\"hostname\":\"www.example.com\"}"))))
                .containsExactly("www.example.com");
    }

    @Test
    void anotherContainersNameIsNotClaimedByOneThatSharesItsNetwork() {
        ContainerFactsBuilder owner = web("www.example.com");
        ContainerFactsBuilder sidecar = named("sidecar")
                .hostname("www.example.com")
                .networkMode("container:" + owner.key().containerId())
                .exposes(9000);

        PipelineResult assembly = assemble(owner, sidecar);

        assertThat(AssemblyQueries.summary(assembly)).isEqualTo("{www.example.com=[172.17.0.2:8080]}");
    }

    @Test
    void aliasesJoinTheNameAndTheWrongOneAmongThemIsIgnored() {
        PipelineResult assembly = assemble(web("www.example.com")
                .data("{\"alias_domains\":[\"foo.com\", \"FOO.com.\", \"a b\", 7, \"*.bar.com\"]}"));

        assertThat(assembly.topology().virtualHosts()).hasSize(1);
        assertThat(AssemblyQueries.names(assembly)).containsExactly("*.bar.com", "foo.com", "www.example.com");
        assertThat(AssemblyQueries.findings(assembly, Severity.IGNORED))
                .contains("INTERLOCK_DATA.alias_domains[2]=a b: not a host name")
                .contains("INTERLOCK_DATA.alias_domains[3]=7: expected a host name as text");
    }

    @Test
    void aliasesAloneAreEnoughAndThatIsRecorded() {
        PipelineResult assembly =
                assemble(named("api").exposes(80).data("{\"alias_domains\":[\"foo.com\",\"bar.com\"]}"));

        assertThat(AssemblyQueries.names(assembly)).containsExactly("bar.com", "foo.com");
        assertThat(AssemblyQueries.backendNames(assembly)).containsExactly("bar_com");
        assertThat(AssemblyQueries.findings(assembly, Severity.CHOICE)).contains("served under its aliases alone");
    }

    @Test
    void aliasesBeyondAHundredAreIgnored() {
        StringBuilder list = new StringBuilder("a0.com");
        for (int i = 1; i <= 100; i++) {
            list.append(",a").append(i).append(".com");
        }
        PipelineResult assembly = assemble(web("www.example.com").label("interlock.alias_domains", list.toString()));

        assertThat(AssemblyQueries.names(assembly)).hasSize(101).doesNotContain("a100.com");
        assertThat(AssemblyQueries.findings(assembly, Severity.IGNORED)).contains("more than 100 names");
    }
}
