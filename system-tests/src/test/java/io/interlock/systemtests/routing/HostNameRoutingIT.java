package io.interlock.systemtests.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.systemtests.support.InterlockExtension;
import io.interlock.testsupport.distribution.ConfigFileBuilder;
import io.interlock.testsupport.distribution.InterlockProcess;
import io.interlock.testsupport.engine.LocalEngine;
import io.interlock.testsupport.engine.SampleContainer;
import io.interlock.testsupport.engine.UniqueHostNames;
import io.interlock.testsupport.network.HttpConnection;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests that a container with a name is served by that name, and by no other. */
@Tag("engine")
class HostNameRoutingIT {

    @RegisterExtension
    static final InterlockExtension running = InterlockExtension.onLocalEngine();

    private final LocalEngine engine = running.engine();
    private final InterlockProcess interlock = running.process();

    @Test
    void aContainerThatStartsIsServedByItsHostname() {
        String host = UniqueHostNames.newHost();

        SampleContainer container = engine.sample().hostname(host).start();

        interlock.awaitServedBy(container, host);
    }

    @Test
    void aContainerThatWasThereBeforeInterlockIsServed() throws IOException {
        String host = UniqueHostNames.newHost();
        SampleContainer container = engine.sample().hostname(host).start();
        ConfigFileBuilder settings =
                ConfigFileBuilder.inNewFolder().engine("local", engine.address().toString());

        try (InterlockProcess later = InterlockProcess.start(settings)) {
            later.awaitServedBy(container, host);
        }
    }

    @Test
    void hostnameAndDomainnameMakeOneName() {
        String domain = UniqueHostNames.newDomain();

        SampleContainer container =
                engine.sample().hostname("www").domainname(domain).start();

        interlock.awaitServedBy(container, "www." + domain);
    }

    @Test
    void hostnameAndDomainInTheDataWinOverTheContainersOwn() throws IOException {
        String own = UniqueHostNames.newHost();
        String domain = UniqueHostNames.newDomain();

        SampleContainer container = engine.sample()
                .hostname(own)
                .data("{\"hostname\": \"shop\", \"domain\": \"" + domain + "\"}")
                .start();

        interlock.awaitServedBy(container, "shop." + domain);
        assertThat(interlock.get(own, "/name").status()).isEqualTo(503);
    }

    @Test
    void aShortHostnameIsNotServed() throws IOException {
        engine.sample().hostname("short").start();
        String later = UniqueHostNames.newHost();
        interlock.awaitServedBy(engine.sample().hostname(later).start(), later);

        assertThat(interlock.get("short", "/name").status()).isEqualTo(503);
    }

    @Test
    void whoeverAsksToBeServedWithAShortHostnameFindsTheReasonInTheLog() {
        String name = LocalEngine.uniqueName("short");

        engine.sample().named(name).hostname("short").data("{\"port\": 8080}").start();

        interlock.awaitLogged(name, "hostname", "not served");
    }

    @Test
    void namesAreTheSameInUpperAndLowerCase() {
        String host = UniqueHostNames.newHost();
        String upper = host.toUpperCase(Locale.ROOT);

        SampleContainer container = engine.sample()
                .hostname(UniqueHostNames.newHost())
                .data("{\"alias_domains\": [\"" + upper + "\"]}")
                .start();

        interlock.awaitServedBy(container, host);
        interlock.awaitServedBy(container, upper);
    }

    @Test
    void thePortInTheHostHeaderIsIgnored() {
        String host = UniqueHostNames.newHost();

        SampleContainer container = engine.sample().hostname(host).start();

        interlock.awaitServedBy(container, host + ":" + interlock.port());
    }

    @Test
    void aNameIsNeverTakenForAPrefixOfAnother() throws IOException {
        String unique = UniqueHostNames.newDomain().replace(".example", "");
        SampleContainer com = engine.sample().hostname(unique + ".com").start();
        interlock.awaitServedBy(com, unique + ".com");

        assertThat(interlock.get(unique + ".company", "/name").status()).isEqualTo(503);
        assertThat(interlock.get("www." + unique + ".com", "/name").status()).isEqualTo(503);

        SampleContainer company = engine.sample().hostname(unique + ".company").start();
        interlock.awaitServedBy(company, unique + ".company");
        interlock.awaitServedBy(com, unique + ".com");
    }

    @Test
    void aContainerIsServedByItsAliasesToo() {
        String host = UniqueHostNames.newHost();
        String alias = UniqueHostNames.newHost();

        SampleContainer container = engine.sample()
                .hostname(host)
                .data("{\"alias_domains\": [\"" + alias + "\"]}")
                .start();

        interlock.awaitServedBy(container, host);
        interlock.awaitServedBy(container, alias);
    }

    @Test
    void anAliasOfContainersWithDifferentNamesReachesAllOfThem() {
        String alias = UniqueHostNames.newHost();
        String data = "{\"alias_domains\": [\"" + alias + "\"]}";
        String oneHost = UniqueHostNames.newHost();
        String otherHost = UniqueHostNames.newHost();

        SampleContainer one = engine.sample().hostname(oneHost).data(data).start();
        SampleContainer other = engine.sample().hostname(otherHost).data(data).start();

        interlock.awaitServedBy(one, alias);
        interlock.awaitServedBy(other, alias);
        interlock.awaitServedBy(one, oneHost);
        interlock.awaitServedBy(other, otherHost);
        interlock.awaitThat(
                "each name has its own container alone",
                () -> countAnswers(oneHost, 4).equals(Map.of(one.name(), 4))
                        && countAnswers(otherHost, 4).equals(Map.of(other.name(), 4)));
    }

    @Test
    void aWildcardServesWhatIsBelowItUnlessANameIsMoreExact() throws IOException {
        String domain = UniqueHostNames.newDomain();
        SampleContainer wildcard = engine.sample()
                .hostname(UniqueHostNames.newHost())
                .data("{\"alias_domains\": [\"*." + domain + "\"]}")
                .start();
        interlock.awaitServedBy(wildcard, "any." + domain);

        SampleContainer exact = engine.sample().hostname("www." + domain).start();

        interlock.awaitServedBy(exact, "www." + domain);
        interlock.awaitServedBy(wildcard, "any." + domain);
        interlock.awaitServedBy(wildcard, "deep.below." + domain);
        assertThat(interlock.get(domain, "/name").status()).isEqualTo(503);
    }

    @Test
    void anInternationalNameIsServedByItsAsciiForm() {
        String domain = UniqueHostNames.newDomain();

        SampleContainer container = engine.sample()
                .hostname(UniqueHostNames.newHost())
                .data("{\"alias_domains\": [\"bücher." + domain + "\"]}")
                .start();

        interlock.awaitServedBy(container, "xn--bcher-kva." + domain);
    }

    @Test
    void anUnknownHostIsAnsweredByNobody() throws IOException {
        assertThat(interlock.get(UniqueHostNames.newHost(), "/").status()).isEqualTo(503);
    }

    @Test
    void containersOfOneNameTakeTurns() {
        String host = UniqueHostNames.newHost();

        List<SampleContainer> containers = engine.startMany(3, host);

        // A reload in between begins a new round, so several attempts may be necessary.
        interlock.awaitThat("12 requests reach each of 3 containers 4 times", () -> {
            Map<String, Integer> answers = countAnswers(host, 12);
            return containers.stream().allMatch(container -> answers.getOrDefault(container.name(), 0) == 4);
        });
    }

    @Test
    void theContainerLearnsWhoTheClientIsAndTheClientWhenTheRequestBegan() throws IOException {
        String host = UniqueHostNames.newHost();
        SampleContainer container = engine.sample().hostname(host).start();
        interlock.awaitServedBy(container, host);

        HttpConnection.Response response = interlock.get(host, "/cgi-bin/request");

        assertThat(response.body())
                .containsPattern("HTTP_X_FORWARDED_FOR=\\S*127\\.0\\.0\\.1")
                .contains("HTTP_HOST=" + host);
        assertThat(response.headers().get("x-request-start")).matches("\\d+\\.\\d+");
    }

    private Map<String, Integer> countAnswers(String host, int requests) throws IOException {
        Map<String, Integer> answers = new HashMap<>();
        for (int i = 0; i < requests; i++) {
            answers.merge(interlock.nameAt(host), 1, Integer::sum);
        }
        return answers;
    }
}
