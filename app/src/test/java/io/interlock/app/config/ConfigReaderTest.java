package io.interlock.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.interlock.api.loadbalancer.Credentials;
import io.interlock.api.loadbalancer.ListenerSettings;
import io.interlock.api.topology.AddressRange;
import io.interlock.app.config.json.ConfigLocationIndex;
import io.interlock.app.config.problem.ConfigProblem;
import io.interlock.app.config.reader.CommandLineOverrides;
import io.interlock.app.config.reader.ConfigReader;
import io.interlock.app.config.reader.ProcessEnvironment;
import io.interlock.util.IpLiteral;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class ConfigReaderTest {

    private static final Path SAMPLE =
            Path.of("src/test/resources/config/sample.json").toAbsolutePath();

    @TempDir
    Path folder;

    private Path data;

    @BeforeEach
    void useADataFolder() {
        data = folder.resolve("state/interlock");
    }

    @Test
    void withoutAFileEveryKeyHasItsDefault() {
        InterlockConfig config = valid(read(Optional.empty(), CommandLineOverrides.NONE, environment()));

        assertThat(config.proxy().port()).isEqualTo(8080);
        assertThat(config.proxy().connectTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.proxy().serverTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.proxy().clientTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.proxy().maxConnections()).isEqualTo(2048);
        assertThat(config.proxy().syslogAddress()).isEmpty();
        assertThat(config.proxy().configPath()).isEqualTo(data.resolve("proxy.conf"));
        assertThat(config.proxy().pidPath()).isEqualTo(data.resolve("proxy.pid"));
        assertThat(config.proxy().statsCredentials()).isEmpty();
        assertThat(config.dataDir()).isEqualTo(data);
        assertThat(config.pluginsDir()).isEqualTo(folder.resolve("home/plugins"));
        assertThat(config.plugins().sections()).isEmpty();
        assertThat(config.engines())
                .containsExactly(new EngineConfig(
                        "local",
                        URI.create("unix:///var/run/docker.sock"),
                        1.0,
                        1024,
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void anEmptyObjectIsTheSameAsNoFile() throws IOException {
        assertThat(valid(file("{}")))
                .isEqualTo(valid(read(Optional.empty(), CommandLineOverrides.NONE, environment())));
    }

    @Test
    void theSampleOfTheFirstVersionIsTakenAsItIs() {
        InterlockConfig config = valid(read(Optional.of(SAMPLE), CommandLineOverrides.NONE, environment()));

        assertThat(config.proxy().configPath()).isEqualTo(Path.of("/tmp/proxy.conf"));
        assertThat(config.proxy().pidPath()).isEqualTo(Path.of("/tmp/proxy.pid"));
        assertThat(config.proxy().syslogAddress()).isEmpty();
        assertThat(config.proxy().statsCredentials()).contains(new Credentials("stats", "stats"));
        assertThat(config.engines())
                .extracting(EngineConfig::id, EngineConfig::address, EngineConfig::cpus, EngineConfig::memoryMegabytes)
                .containsExactly(tuple("local", URI.create("http://1.2.3.4:4243"), 1.0, 1024L));
    }

    @Test
    void whatGoesForAllListenersIsTaken() throws IOException {
        Files.createDirectories(folder.resolve("pages"));

        InterlockConfig config = valid(file("""
                {"trusted_proxies": ["10.1.2.3/8", "2001:db8::1"], "proxy_protocol": true, "log_format": "json",
                 "error_pages_dir": "%s", "tcp_ports": "5000-5999"}
                """.formatted(folder.resolve("pages"))));

        assertThat(config.proxy().listeners())
                .isEqualTo(new ListenerSettings(
                        List.of(AddressRange.of("10.0.0.0/8"), AddressRange.of("2001:db8::1")),
                        true,
                        ListenerSettings.LogFormat.JSON,
                        Optional.of(folder.resolve("pages"))));
        assertThat(config.containerPolicy().tcpPorts()).contains(new ContainerPolicy.PortRange(5000, 5999));
        assertThat(valid(file("{\"tcp_ports\": \"5432\"}")).containerPolicy().tcpPorts())
                .contains(new ContainerPolicy.PortRange(5432, 5432));
        assertThat(valid(file("{}")).containerPolicy()).isEqualTo(ContainerPolicy.DEFAULT.withOwnPorts(Set.of(8080)));
        assertThat(valid(file("{}")).proxy().listeners()).isEqualTo(ListenerSettings.DEFAULT);
    }

    @Test
    void whichContainersAreConsideredIsTaken() throws IOException {
        InterlockConfig config = valid(file("""
                {"filter": {"label": "team = web", "name": "prod-", "engine_labels": ["zone=a", "ssd"]}, "default": "off",
                 "engines": [{"engine": {"id": "x", "addr": "tcp://10.0.0.1", "labels": ["zone=a", "ssd", "new"]}},
                             {"engine": {"id": "y", "addr": "tcp://10.0.0.2", "labels": ["zone=a"]}}]}
                """));

        assertThat(config.containerPolicy().filter())
                .isEqualTo(new ContainerPolicy.ContainerFilter(
                        Optional.of(new ContainerPolicy.LabelFilter("team", Optional.of("web"))),
                        Optional.of("prod-"),
                        Optional.of(Set.of("x"))));
        assertThat(config.containerPolicy().optInOnly()).isTrue();
        assertThat(valid(file("{\"filter\": {\"label\": \"team\"}}"))
                        .containerPolicy()
                        .filter()
                        .label())
                .contains(new ContainerPolicy.LabelFilter("team", Optional.empty()));
    }

    @Test
    void everyKeyOfAFileIsTaken() throws IOException {
        InterlockConfig config = valid(file("""
                {"port": 81, "connect_timeout": 1, "server_timeout": 2, "client_timeout": 3, "max_conn": 4,
                 "syslog_addr": "[::1]:514", "proxy_config_path": "/tmp/a.cfg", "pid_path": "/tmp/a.pid",
                 "stats_user": "me", "stats_password": "a b", "plugins_dir": "/p", "data_dir": "/d",
                 "engines": [{"engine": {"id": "x", "addr": "tcp://10.0.0.1", "cpus": 2, "memory": 3, "labels": ["a"]}},
                             {"engine": {"id": "y", "addr": "https://[fe80::1]"}}],
                 "plugins": {"haproxy": {"binary": "x"}}}
                """));

        assertThat(config.proxy().port()).isEqualTo(81);
        assertThat(config.proxy().connectTimeout()).isEqualTo(Duration.ofMillis(1));
        assertThat(config.proxy().serverTimeout()).isEqualTo(Duration.ofMillis(2));
        assertThat(config.proxy().clientTimeout()).isEqualTo(Duration.ofMillis(3));
        assertThat(config.proxy().maxConnections()).isEqualTo(4);
        assertThat(config.proxy().syslogAddress()).contains("[::1]:514");
        assertThat(config.proxy().configPath()).isEqualTo(Path.of("/tmp/a.cfg"));
        assertThat(config.proxy().pidPath()).isEqualTo(Path.of("/tmp/a.pid"));
        assertThat(config.proxy().statsCredentials()).contains(new Credentials("me", "a b"));
        assertThat(config.pluginsDir()).isEqualTo(Path.of("/p"));
        assertThat(config.dataDir()).isEqualTo(Path.of("/d"));
        assertThat(config.engines().getFirst())
                .isEqualTo(new EngineConfig(
                        "x",
                        URI.create("tcp://10.0.0.1:2375"),
                        2.0,
                        3,
                        List.of("a"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
        assertThat(config.engines().getLast().address()).isEqualTo(URI.create("https://[fe80::1]:2376"));
        assertThat(config.plugins().sections())
                .containsOnlyKeys("haproxy")
                .extracting("haproxy")
                .hasToString("{\"binary\":\"x\"}");
    }

    @Test
    void anEngineMayHaveRoutedNetworksAndAnAddressOfPublishedPorts() throws IOException {
        assertThat(valid(file("""
                                {"engines": [{"engine": {
                                  "routed_networks": ["10.99.0.0/16", "2001:db8::/32"], "published_address": "192.0.2.7"}}]}""")).engines().getFirst().network())
                .isEqualTo(new EngineNetworkConfig(
                        List.of(AddressRange.of("10.99.0.0/16"), AddressRange.of("2001:db8::/32")),
                        Optional.of(IpLiteral.of("192.0.2.7"))));
    }

    @Test
    void theOtherSpellingOfSyslogIsTaken() throws IOException {
        assertThat(valid(file("{\"sysload_addr\": \"/dev/log\"}")).proxy().syslogAddress())
                .contains("/dev/log");
        assertThat(valid(file("{\"sysload_addr\": \"loghost:514\", \"syslog_addr\": \"loghost:514\"}"))
                        .proxy()
                        .syslogAddress())
                .contains("loghost:514");
        assertThat(valid(file("{\"sysload_addr\": \"\", \"syslog_addr\": \"10.0.0.1\"}"))
                        .proxy()
                        .syslogAddress())
                .contains("10.0.0.1");
    }

    @Test
    void theCommandLineWinsOverTheFile() {
        CommandLineOverrides overrides = overrides("/tmp/other.conf", "9000", "loghost:514");

        InterlockConfig config = valid(read(Optional.of(SAMPLE), overrides, environment()));

        assertThat(config.proxy().port()).isEqualTo(9000);
        assertThat(config.proxy().configPath()).isEqualTo(Path.of("/tmp/other.conf"));
        assertThat(config.proxy().syslogAddress()).contains("loghost:514");
    }

    @Test
    void emptyOptionsOverrideNothing() {
        InterlockConfig config = valid(read(Optional.of(SAMPLE), overrides("", "", ""), environment()));

        assertThat(config).isEqualTo(valid(read(Optional.of(SAMPLE), CommandLineOverrides.NONE, environment())));
    }

    @Test
    void wrongOptionsAreToldAllAtOnce() {
        CommandLineOverrides overrides = overrides("/no/such/folder/x", "http", "a b");

        assertThat(problems(read(Optional.empty(), overrides, environment())))
                .containsExactlyInAnyOrder(
                        "option -proxy-port: expected a whole number from 1 to 65535, found \"http\"",
                        "option -syslog: expected HOST, HOST:PORT, [IPv6]:PORT or the absolute path of a socket,"
                                + " found \"a b\"",
                        "option -proxy-conf-path: expected a path in a folder that exists, found"
                                + " \"/no/such/folder/x\"; there is no folder /no/such/folder");
    }

    @Test
    void relativePathsOfAFileStartFromItsFolderAndThoseOfOptionsWhereWeAre() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("etc"));
        Path file = elsewhere.resolve("controller.conf");
        Files.writeString(
                file, "{\"proxy_config_path\": \"p.conf\", \"pid_path\": \"./p.pid\", \"data_dir\": \"../d\"}");

        InterlockConfig ofFile =
                valid(read(Optional.of(Path.of("etc/controller.conf")), CommandLineOverrides.NONE, environment()));
        InterlockConfig ofOption = valid(read(Optional.of(file), overrides("p.conf", "", ""), environment()));

        assertThat(ofFile.proxy().configPath()).isEqualTo(elsewhere.resolve("p.conf"));
        assertThat(ofFile.proxy().pidPath()).isEqualTo(elsewhere.resolve("p.pid"));
        assertThat(ofFile.dataDir()).isEqualTo(folder.resolve("d"));
        assertThat(ofOption.proxy().configPath()).isEqualTo(folder.resolve("p.conf"));
    }

    @Test
    void theFoldersOfFilesThatGoIntoTheDataFolderNeedNotExistYet() throws IOException {
        assertThat(valid(file("{\"data_dir\": \"new\", \"proxy_config_path\": \"new/proxy.conf\"}"))
                        .proxy()
                        .configPath())
                .isEqualTo(folder.resolve("new/proxy.conf"));
    }

    @Test
    void aFolderBelowAFileIsAProblem() throws IOException {
        assertThat(problems(file("{\"data_dir\": \"f.json/data\"}")))
                .containsExactly("f.json:1:14: $.data_dir: expected the path of a folder, found \"f.json/data\"; "
                        + folder.resolve("f.json") + " is a file");
    }

    @Test
    void filesThatCannotBeReadAreToldApart() throws IOException {
        Path large = Files.write(folder.resolve("large"), new byte[(1 << 20) + 1]);

        assertThat(problems(read(Optional.of(Path.of("missing")), CommandLineOverrides.NONE, environment())))
                .containsExactly("missing: expected a configuration file, found no such file");
        assertThat(problems(read(Optional.of(folder), CommandLineOverrides.NONE, environment())))
                .containsExactly(folder + ": expected a configuration file, found a folder");
        assertThat(problems(read(Optional.of(large), CommandLineOverrides.NONE, environment())))
                .containsExactly(
                        large + ": expected a configuration file of at most 1048576 bytes, found a larger one");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "engines": [LIST]   | {"engine": {"id": "e%d"}}                   | 1000 | at most 1000 engines, found 1001 engines
            "ownership": [LIST] | {"owner": "o%d", "who": {"project": "p%d"}} | 1000 | at most 1000 rules, found 1001 rules
            """)
    void theNumberOfEnginesAndRulesIsLimited(String text, String element, int most, String expected)
            throws IOException {
        assertThat(problems(listOf(text, element, most + 1)))
                .singleElement()
                .asString()
                .contains(expected);
        assertThat(listOf(text, element, most)).isInstanceOf(ConfigResult.Valid.class);
    }

    private ConfigResult listOf(String text, String element, int count) throws IOException {
        String list = IntStream.range(0, count)
                .mapToObj(i -> element.replace("%d", Integer.toString(i)))
                .collect(Collectors.joining(","));
        return file("{" + text.replace("LIST", list) + "}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"plugins\": {\"x\": ", "["})
    void deepNestingAndLongKeysAreProblems(String part) throws IOException {
        assertThat(problems(file(part.repeat(50_000))))
                .singleElement()
                .asString()
                .contains("nesting depth");
        assertThat(problems(file("{\"" + "k".repeat(257) + "\": 1}")))
                .singleElement()
                .asString()
                .contains("exceeds the maximum allowed (256");
    }

    @Test
    void aFileThatCannotBeReadIsAProblem() {
        // Even root gets an error when it reads its own memory at address 0.
        Path unreadable = Path.of("/proc/self/mem");

        assertThat(problems(read(Optional.of(unreadable), CommandLineOverrides.NONE, environment())))
                .singleElement()
                .asString()
                .startsWith(unreadable + ": expected a configuration file, found ");
    }

    @Test
    void aWrongLogFormatIsAProblem() {
        assertThat(problems(
                        read(Optional.empty(), CommandLineOverrides.NONE, environment("INTERLOCK_LOG_FORMAT", "xml"))))
                .containsExactly(
                        "environment variable INTERLOCK_LOG_FORMAT: expected one of TEXT, JSON, found \"xml\"");
        valid(read(Optional.empty(), CommandLineOverrides.NONE, environment("INTERLOCK_LOG_FORMAT", "json")));
    }

    @Test
    void aWrongLogLevelIsAProblem() {
        assertThat(problems(
                        read(Optional.empty(), CommandLineOverrides.NONE, environment("INTERLOCK_LOG_LEVEL", "loud"))))
                .containsExactly("environment variable INTERLOCK_LOG_LEVEL: expected one of ERROR, WARN, INFO, DEBUG,"
                        + " TRACE, OFF, found \"loud\"");
        valid(read(Optional.empty(), CommandLineOverrides.NONE, environment("INTERLOCK_LOG_LEVEL", "debug")));
    }

    @Test
    void whatPluginsFindLaterCanStillNameItsLine() throws IOException {
        ConfigResult result = file("""
                {
                  "plugins": {
                    "haproxy": {"list": [1,
                      {"a": 2}], "key": 3}
                  }
                }
                """);
        ConfigLocationIndex locations = ((ConfigResult.Valid) result).locations();

        assertThat(locations.of("$.plugins.haproxy.list[1].a")).hasToString("f.json:4:13: $.plugins.haproxy.list[1].a");
        assertThat(locations.ofKey("$.plugins.haproxy.key")).hasToString("f.json:4:18: $.plugins.haproxy.key");
        assertThat(locations.of("$.plugins.haproxy.template_path"))
                .hasToString("f.json:3:16: $.plugins.haproxy.template_path");
        assertThat(locations.of("$.plugins.nginx")).hasToString("f.json:2:14: $.plugins.nginx");
    }

    @Test
    void noSecretShowsInTheConfigurationsText() throws IOException {
        ConfigResult result = file("{\"stats_user\": \"me\", \"stats_password\": \"hunter2\"}");

        assertThat(result.toString()).doesNotContain("hunter2");
    }

    private ConfigResult file(String json) throws IOException {
        Files.writeString(folder.resolve("f.json"), json);
        return read(Optional.of(Path.of("f.json")), CommandLineOverrides.NONE, environment());
    }

    private ConfigResult read(Optional<Path> file, CommandLineOverrides overrides, Map<String, String> environment) {
        ProcessEnvironment process =
                new ProcessEnvironment(environment, folder, Optional.of(folder.resolve("home")), false);
        return new ConfigReader(process).read(file, overrides);
    }

    private Map<String, String> environment(String... more) {
        return more.length == 0
                ? Map.of("XDG_STATE_HOME", folder.resolve("state").toString())
                : Map.of(more[0], more[1]);
    }

    private static CommandLineOverrides overrides(String path, String port, String syslog) {
        return new CommandLineOverrides(Optional.of(path), Optional.of(port), Optional.of(syslog));
    }

    static InterlockConfig valid(ConfigResult result) {
        assertThat(result).isInstanceOf(ConfigResult.Valid.class);
        return ((ConfigResult.Valid) result).config();
    }

    static List<String> problems(ConfigResult result) {
        assertThat(result).isInstanceOf(ConfigResult.Invalid.class);
        return ((ConfigResult.Invalid) result)
                .problems().stream().map(ConfigProblem::toString).toList();
    }
}
