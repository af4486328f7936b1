package io.interlock.stats.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.stats.fixture.SampleSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The alert rules and the dashboard in {@code examples/monitoring}. */
@Timeout(120)
@Tag("unit")
class MonitoringExamplesTest {

    private static final Path EXAMPLES = Path.of("../../examples/monitoring").toAbsolutePath();
    private static final Path RULES = EXAMPLES.resolve("alerts.yaml");
    private static final Pattern METRIC = Pattern.compile("\\b(?:interlock|process|jvm)_[a-z_]+\\b");
    private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"check config prometheus.yml", "check rules alerts.yaml", "test rules alerts.test.yaml"})
    void prometheusOwnToolAccepts(String arguments) throws Exception {
        Path out = folder.resolve("out");
        List<String> command = Stream.concat(Stream.of("promtool"), Stream.of(arguments.split(" ")))
                .toList();
        Process promtool;
        try {
            promtool = new ProcessBuilder(command)
                    .directory(EXAMPLES.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
        } catch (IOException e) {
            throw new AssertionError("this test needs promtool, of Debian's package prometheus: run make test", e);
        }
        assertThat(promtool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(promtool.exitValue()).as(Files.readString(out)).isZero();
    }

    @Test
    void eachRuleHasATestInWhichItFiresAndOneInWhichItIsSilent() throws Exception {
        String tests = Files.readString(EXAMPLES.resolve("alerts.test.yaml"));
        Set<String> alerts = found(ALERT, Files.readString(RULES));

        assertThat(alerts)
                .isNotEmpty()
                .allSatisfy(alert -> assertThat(tests)
                        .contains("- name: " + alert + " fires\n", "- name: " + alert + " is silent\n"));
        assertThat(Pattern.compile("is silent\n.*?(?=- name:|\\z)", Pattern.DOTALL)
                        .matcher(tests)
                        .results()
                        .map(MatchResult::group))
                .hasSize(alerts.size())
                .allMatch(test -> test.contains("exp_alerts: []"));
        assertThat(Pattern.compile("fires\n.*?(?=- name:|\\z)", Pattern.DOTALL)
                        .matcher(tests)
                        .results()
                        .map(MatchResult::group))
                .hasSize(alerts.size())
                .allMatch(test -> test.contains("exp_labels:"));
    }

    @Test
    void eachMetricOfARuleOrPanelExists() throws Exception {
        ByteArrayOutputStream metrics = new ByteArrayOutputStream();
        PrometheusMetrics.write(SampleSnapshots.withCertificate(), List.of(), MetricsFormat.PROMETHEUS, metrics);
        Set<String> written = metrics.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("[{ ]", 2)[0])
                .collect(Collectors.toCollection(TreeSet::new));
        String rules = Files.readString(RULES)
                .lines()
                .filter(line -> !line.contains("description:"))
                .collect(Collectors.joining("\n"));
        Set<String> named = found(METRIC, rules);
        named.addAll(found(METRIC, Files.readString(EXAMPLES.resolve("grafana-dashboard.json"))));

        assertThat(named).hasSizeGreaterThan(15);
        assertThat(written).containsAll(named);
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.groupCount() == 0 ? match.group() : match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
