package io.interlock.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class ConfigComparisonTest {

    @Test
    void whatDiffersIsToldKeyByKey() throws JsonProcessingException {
        assertThat(changes(
                        "{'port': 80, 'max_conn': 5, 'tls': {'port': 443}, 'trusted_proxies': ['10.0.0.0/8']}",
                        "{'port': 81, 'tls': {'port': 443, 'http3': true}, 'trusted_proxies': [], 'filter': {}}"))
                .containsExactly(
                        "$.filter: was added",
                        "$.max_conn: was 5, now the default",
                        "$.port: 80 became 81",
                        "$.tls.http3: now true",
                        "$.trusted_proxies: changed");
        assertThat(changes("{'port': 80}", "{'port': 80}")).isEmpty();
    }

    @Test
    void enginesAreToldByTheirIdsWhateverTheirOrder() throws JsonProcessingException {
        assertThat(changes(
                        "{'engines': [{'engine': {'id': 'a', 'addr': 'tcp://a:1'}}, {'engine': {'id': 'b'}}]}",
                        "{'engines': [{'engine': {'id': 'c'}}, {'engine': {'id': 'a', 'addr': 'tcp://a:2'}}]}"))
                .containsExactly(
                        "$.engines['a'].engine.addr: \"tcp://a:1\" became \"tcp://a:2\"",
                        "$.engines['b']: was removed",
                        "$.engines['c']: was added");
    }

    @Test
    void noSecretIsShown() throws JsonProcessingException {
        assertThat(changes(
                        "{'stats_password': 's3cret', 'plugins': {'x': {'password': 's3cret'}},"
                                + " 'engines': [{'ssl_key': 's3cret'}], 'tls': {'acme': {'external_account':"
                                + " {'hmac_key': 's3cret'}}}}",
                        "{'stats_password': 't3cret', 'plugins': {'x': {'password': 't3cret'}, 'y': {'p': 's3cret'}},"
                                + " 'engines': [{'ssl_key': 't3cret'}], 'tls': {'acme': {'external_account':"
                                + " {'hmac_key': 't3cret'}}}}"))
                .containsExactly(
                        "$.engines['local'].ssl_key: changed",
                        "$.plugins.x.password: changed",
                        "$.plugins.y.p: was added",
                        "$.stats_password: changed",
                        "$.tls.acme.external_account.hmac_key: changed");
    }

    @Test
    void theContentOfAFileIsAChangeUnlessTheFileIsNamedOnlyNow() throws JsonProcessingException {
        ConfigDocument before = new ConfigDocument(json("{}"), Map.of(Path.of("/a"), "1", Path.of("/b"), "1"));
        ConfigDocument after = new ConfigDocument(json("{}"), Map.of(Path.of("/a"), "2", Path.of("/c"), "1"));

        assertThat(ConfigComparison.changes(before, after))
                .extracting(ConfigChange::toString)
                .containsExactly("/a: its content changed");
    }

    private static List<String> changes(String before, String after) throws JsonProcessingException {
        return ConfigComparison.changes(json(before), json(after)).stream()
                .map(ConfigChange::toString)
                .toList();
    }

    private static ObjectNode json(String text) throws JsonProcessingException {
        return (ObjectNode) new ObjectMapper().readTree(text.replace('\'', '"'));
    }
}
