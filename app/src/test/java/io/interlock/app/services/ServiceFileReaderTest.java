package io.interlock.app.services;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.app.config.problem.ConfigProblem;
import io.interlock.app.config.problem.ConfigProblemCollector;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class ServiceFileReaderTest {

    private final ConfigProblemCollector problems = new ConfigProblemCollector();

    @Test
    void aFileHasServersAndTheFieldsOfAContainer() {
        ServiceFile file = read("""
                {"hostname": "db.example.com", "weight": 5, "servers": ["10.0.0.5:8080", "[2001:db8::1]:8081",
                 {"address": "VM.internal.:9000", "weight": 0, "backup": true}]}
                """).orElseThrow();

        assertThat(file.name()).isEqualTo("db");
        assertThat(file.data().toString()).isEqualTo("{\"hostname\":\"db.example.com\",\"weight\":5}");
        assertThat(file.servers())
                .containsExactly(
                        new ServiceServer("10.0.0.5", 8080, OptionalInt.empty(), Optional.empty()),
                        new ServiceServer("2001:db8:0:0:0:0:0:1", 8081, OptionalInt.empty(), Optional.empty()),
                        new ServiceServer("vm.internal", 9000, OptionalInt.of(0), Optional.of(true)));
    }

    @Test
    void portIsThatOfServersWithoutOne() {
        ServiceFile file = read("{\"port\": 8080, \"servers\": [\"a.internal\", \"b.internal:9\", \"[::1]\"]}")
                .orElseThrow();

        assertThat(file.servers()).extracting(ServiceServer::port).containsExactly(8080, 9, 8080);
        assertThat(file.data().isEmpty()).isTrue();
    }

    @Test
    void aRouteMayHaveAPortOfItsOwn() {
        assertThat(read("{\"servers\": [\"a:1\"], \"routes\": {\"api\": {\"path\": \"/api\", \"port\": 9}}}"))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.5:8080",
                "169.254.169.254:80",
                "127.0.0.1:1",
                "host.docker.internal:65535",
                "my_db:80",
                "xn--bcher-kva.example:80",
                "[::ffff:10.0.0.5]:80"
            })
    void aServerMayBe(String address) {
        assertThat(read("{\"servers\": [\"" + address + "\"]}")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ":80",
                "a",
                "a:",
                "a:0",
                "a:65536",
                "a:080808",
                "a:80:90",
                "a b:80",
                "http://a:80",
                "a:80/path",
                "user@a:80",
                "::1",
                "[::1:80",
                "[a]:80",
                "[fe80::1]:80",
                "[fe80::1%eth0]:80",
                "[::]:80",
                "0.0.0.0:80",
                "224.0.0.1:80",
                "255.255.255.255:80",
                "256.1.1.1:80",
                "1.2.3:80",
                "-a:80",
                "a..b:80",
                ".a:80",
                "bücher.example:80",
                "a\\u0000:80",
                "a\\n:80"
            })
    void aServerMayNotBe(String address) {
        assertThat(read("{\"servers\": [\"" + address + "\"]}")).isEmpty();
        assertThat(told()).contains("db.json:1:14: $.servers[0]: expected HOST:PORT");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"servers\": [\"a:1\"], \"wieght\": 1} | did you mean \"weight\"?",
                "{\"server\": [\"a:1\"]} | did you mean \"servers\"?",
                "{\"servers\": [\"a:1\"], \"nonsense\": 1} | db.json:1:22: $.nonsense: expected \"servers\" or a field",
                "{\"servers\": [\"a:1\"], \"routes\": [{\"pathh\": \"/\"}]} | $.routes[0].pathh",
                "{\"servers\": [\"a:1\"], \"routes\": {\"x\": {\"basic_aut\": 1}}} | did you mean \"basic_auth\"?",
                "{\"servers\": [{\"adress\": \"a:1\"}]} | did you mean \"address\"?",
                "{\"servers\": [{\"address\": 5}]} | $.servers[0].address: expected HOST:PORT",
                "{\"servers\": [{\"address\": \"a:1\", \"weight\": 257}]} | expected 0 to 256, found 257",
                "{\"servers\": [{\"address\": \"a:1\", \"weight\": \"1\"}]} | expected 0 to 256",
                "{\"servers\": [{\"address\": \"a:1\", \"weight\": 1.5}]} | expected 0 to 256",
                "{\"servers\": [{\"address\": \"a:1\", \"weight\": null}]} | expected 0 to 256",
                "{\"servers\": [{\"address\": \"a:1\", \"backup\": \"yes\"}]} | expected true or false",
                "{\"servers\": [5]} | or an object with \"address\"",
                "{\"servers\": [\"a:1\", \"A:1\"]} | expected each server once, found a:1 again",
                "{\"servers\": [\"10.0.0.5:1\", {\"address\": \"10.0.0.5:1\"}]} | expected each server once",
                "{\"servers\": [\"a:1\"], \"servers\": [\"b:1\"]} | expected each key once",
                "{\"servers\": [\"a:1\"], \"weight\": 1, \"weight\": 2} | expected each key once",
                "{\"servers\": []} | expected a list of 1 to 100 servers",
                "{\"servers\": {}} | expected a list of 1 to 100 servers",
                "{\"servers\": \"a:1\"} | expected a list of 1 to 100 servers",
                "{\"hostname\": \"a.b\"} | found no \"servers\"",
                "{\"servers\": [\"a:1\"], \"port\": \"http\"} | expected a port",
                "{\"servers\": [\"a:1\"], \"port\": 0} | expected a port",
                "{\"servers\": [\"a:1\"], \"port\": 99999999999} | expected a port",
                "{\"servers\": [\"a:1\"], \"network\": \"web\"} | expected no network",
                "[] | expected a JSON object",
                "5 | expected a JSON object",
                "{\"servers\": [\"a:1\"]} {} | expected nothing after the JSON object",
                "{\"servers\": [\"a:1\" | expected valid JSON",
                "{\"servers\": [\"http://a:1\"]} | \"ssl_backend\" is for servers that speak TLS",
                "{\"servers\": [\"::1\"]} | needs brackets",
                "{\"servers\": [\"a\"]} | give a port",
                "`` | expected a JSON object such as"
            })
    void aFileMayNotBe(String text, String told) {
        assertThat(read(text == null ? "" : text)).isEmpty();
        assertThat(told()).contains(told);
    }

    @Test
    void serversAreBounded() {
        assertThat(read(servers(ServiceFileReader.MOST_SERVERS))).isPresent();
        assertThat(read(servers(ServiceFileReader.MOST_SERVERS + 1))).isEmpty();
    }

    private static String servers(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"s" + i + ":80\"")
                .collect(Collectors.joining(",", "{\"servers\": [", "]}"));
    }

    @Test
    void everyProblemIsToldAtOnceAndNoValueOfAnUnknownKeyIsShown() {
        assertThat(read("{\"servers\": [\"a\", {\"weight\": 1}], \"passwort\": \"hunter2\"}"))
                .isEmpty();
        assertThat(problems.sorted()).hasSize(3);
        assertThat(told()).doesNotContain("hunter2");
    }

    private Optional<ServiceFile> read(String text) {
        return ServiceFileReader.read("db", text, problems);
    }

    private String told() {
        List<String> texts =
                problems.sorted().stream().map(ConfigProblem::toString).toList();
        return String.join("\n", texts);
    }
}
