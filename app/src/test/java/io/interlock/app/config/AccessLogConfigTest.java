package io.interlock.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.loadbalancer.AccessLogSettings;
import io.interlock.app.config.accesslog.AccessLogConfig;
import io.interlock.app.config.accesslog.AccessLogConfig.LineFormat;
import io.interlock.app.config.accesslog.AccessLogField;
import io.interlock.app.config.accesslog.AccessLogTarget;
import io.interlock.app.config.accesslog.AccessLogTarget.Transport;
import io.interlock.app.config.accesslog.RequestFilter;
import io.interlock.app.config.reader.CommandLineOverrides;
import io.interlock.app.config.reader.ConfigReader;
import io.interlock.app.config.reader.ProcessEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the section {@code access_log}. */
@Tag("unit")
class AccessLogConfigTest {

    @TempDir
    Path folder;

    @Test
    void destinationsAreTakenWithTheirDefaults() throws IOException {
        InterlockConfig config = ConfigReaderTest.valid(read("""
                {"access_log": [
                    {"to": "stdout", "format": "json", "fields": ["status", "uri"], "request_headers": ["X-Trace"]},
                    {"to": "/var/log/interlock/access.log"},
                    {"to": "sub/access.log", "max_size": 0, "keep": 0, "format": "combined", "query": false},
                    {"to": "tcp://[2001:db8::1]:6000", "sample": 0.1, "status": ["5xx", "404"], "hosts": ["*.example.com"],
                     "containers": ["shop-*"]},
                    {"to": "udp://loghost"}, {"to": "live"}, {"to": "metrics", "hosts": ["*.example.com"]}]}
                """));

        assertThat(config.accessLog())
                .extracting(AccessLogConfig::target)
                .containsExactly(
                        new AccessLogTarget.StandardOutput(),
                        new AccessLogTarget.LogFile(Path.of("/var/log/interlock/access.log"), 100 << 20, 5),
                        new AccessLogTarget.LogFile(folder.resolve("sub/access.log"), 0, 0),
                        new AccessLogTarget.SyslogServer(
                                "tcp://[2001:db8::1]:6000", Transport.TCP, "2001:db8::1", 6000, Optional.empty()),
                        new AccessLogTarget.SyslogServer(
                                "udp://loghost", Transport.UDP, "loghost", 514, Optional.empty()),
                        new AccessLogTarget.LiveOnly(),
                        new AccessLogTarget.Metrics());
        assertThat(config.accessLog())
                .extracting(AccessLogConfig::format)
                .startsWith(LineFormat.JSON, LineFormat.HAPROXY, LineFormat.COMBINED, LineFormat.HAPROXY);
        assertThat(config.accessLog().getFirst().fields()).containsExactly(AccessLogField.STATUS, AccessLogField.URI);
        assertThat(config.accessLog().get(1).fields()).containsExactly(AccessLogField.values());
        assertThat(config.accessLog().get(2).query()).isFalse();
        assertThat(config.accessLog().get(3).filter())
                .isEqualTo(new RequestFilter(0.1, List.of("5xx", "404"), List.of("*.example.com"), List.of("shop-*")));
        assertThat(config.proxy().listeners().accessLog())
                .contains(new AccessLogSettings(List.of("x-trace"), List.of()));
        assertThat(ConfigReaderTest.valid(read("{}")).proxy().listeners().accessLog())
                .isEmpty();
    }

    @Test
    void destinationsCanBeGivenByVariables() throws IOException {
        assertThat(ConfigReaderTest.valid(read("{}", Map.of("INTERLOCK_ACCESS_LOG_0_TO", "stdout")))
                        .accessLog())
                .extracting(AccessLogConfig::target)
                .containsExactly(new AccessLogTarget.StandardOutput());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                                | $.access_log[0].to: expected \"stdout\", \"live\"",
                "{\"to\": \"stdot\"}                               | $.access_log[0].to: expected \"stdout\", \"live\"",
                "{\"to\": \"ftp://a\"}                             | $.access_log[0].to: expected \"stdout\", \"live\"",
                "{\"to\": \"tcp://a:70000\"}                       | $.access_log[0].to: expected \"stdout\", \"live\"",
                "{\"to\": \"/\"}                                   | it is a folder",
                "{\"to\": \"stdout\", \"format\": \"xml\"}         | $.access_log[0].format: expected \"haproxy\"",
                "{\"to\": \"stdout\", \"sample\": 2}               | $.access_log[0].sample: expected a number greater",
                "{\"to\": \"stdout\", \"status\": [\"6xx\"]}       | a status such as 404",
                "{\"to\": \"stdout\", \"max_size\": 1}             | $.access_log[0].max_size: expected a file",
                "{\"to\": \"stdout\", \"ca_cert\": \"x\"}          | $.access_log[0].ca_cert: expected",
                "{\"to\": \"stdout\", \"fields\": [\"status\"]}    | expected \"format\": \"json\" beside it",
                "{\"to\": \"stdout\", \"format\": \"json\", \"fields\": [\"x\"]} | $.access_log[0].fields[0]: expected \"time\"",
                "{\"to\": \"stdout\", \"format\": \"json\", \"request_headers\": [\"a b\"]} | the name of a header",
                "{\"to\": \"metrics\", \"sample\": 0.5}           | $.access_log[0].sample: expected another destination",
                "{\"to\": \"metrics\", \"format\": \"json\"}      | $.access_log[0].format: expected another destination",
                "{\"to\": \"metrics\"}, {\"to\": \"metrics\"}      | $.access_log[1].to: expected one entry",
                "{\"to\": \"/a\"}, {\"to\": \"/a\", \"keep\": 1}   | $.access_log[1].to: expected a file that no other",
            })
    void mistakesAreToldWithTheirPlace(String entries, String expected) throws IOException {
        assertThat(ConfigReaderTest.problems(read("{\"access_log\": [" + entries + "]}")))
                .anyMatch(problem -> problem.contains(expected));
    }

    @Test
    void destinationsAndHeadersAreLimited() throws IOException {
        String many = IntStream.range(0, 9).mapToObj(i -> "{\"to\": \"live\"}").collect(Collectors.joining(","));
        String headers = IntStream.range(0, 17).mapToObj(i -> "\"x-" + i + "\"").collect(Collectors.joining(","));

        assertThat(ConfigReaderTest.problems(read("{\"access_log\": [" + many + "]}")))
                .anyMatch(problem -> problem.contains("at most 8 destinations"));
        assertThat(ConfigReaderTest.problems(read("{\"access_log\": [{\"to\": \"live\", \"format\": \"json\","
                        + " \"request_headers\": [" + headers + "]}]}")))
                .anyMatch(problem -> problem.contains("at most 16 different headers"));
    }

    private ConfigResult read(String json) throws IOException {
        return read(json, Map.of());
    }

    private ConfigResult read(String json, Map<String, String> variables) throws IOException {
        Files.writeString(folder.resolve("f.json"), json);
        return new ConfigReader(new ProcessEnvironment(variables, folder, Optional.of(folder.resolve("home")), false))
                .read(Optional.of(Path.of("f.json")), CommandLineOverrides.NONE);
    }
}
