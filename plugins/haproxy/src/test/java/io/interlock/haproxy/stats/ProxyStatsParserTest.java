package io.interlock.haproxy.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.interlock.api.stats.BackendStats;
import io.interlock.api.stats.ListenerStats;
import io.interlock.api.stats.ProxyStats;
import io.interlock.api.stats.ServerStats;
import io.interlock.api.stats.ServerStats.State;
import io.interlock.api.stats.TrafficStats;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parses answers that real versions of HAProxy gave. */
@Tag("unit")
class ProxyStatsParserTest {

    private static final Map<String, String> PLACES = Map.of(
            "www_example_com",
            "www_example_com",
            "down_example_com",
            "down_example_com",
            "interlock.spare-0001",
            "new_example_com");

    private static ProxyStats recorded(String version) throws IOException {
        return ProxyStatsParser.of(
                        Instant.EPOCH,
                        new ProxyStatsParser.StatsResponses(
                                resource("show-info-" + version),
                                resource("show-stat-" + version),
                                OptionalInt.of(1),
                                OptionalInt.of(2)),
                        PLACES)
                .orElseThrow();
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = ProxyStatsParserTest.class.getResourceAsStream("/stats/" + name + ".txt")) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static TrafficStats row(String columns, String cells) {
        return ProxyStatsParser.of(
                        Instant.EPOCH,
                        new ProxyStatsParser.StatsResponses(
                                "",
                                "# pxname,svname,type," + columns + "\nf,FRONTEND,0," + cells + "\n",
                                OptionalInt.empty(),
                                OptionalInt.empty()),
                        Map.of())
                .orElseThrow()
                .listeners()
                .getFirst()
                .traffic();
    }

    private static ServerStats server(String columns, String cells) {
        return ProxyStatsParser.of(
                        Instant.EPOCH,
                        new ProxyStatsParser.StatsResponses(
                                "",
                                "# pxname,svname,type,act,bck," + columns + "\nb,s,2,1,0," + cells
                                        + "\nb,BACKEND,1,1,0\n",
                                OptionalInt.empty(),
                                OptionalInt.empty()),
                        Map.of("b", "b"))
                .orElseThrow()
                .backends()
                .getFirst()
                .servers()
                .getFirst();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.6", "3.0"})
    void theProcessIsDescribed(String version) throws IOException {
        ProxyStats stats = recorded(version);
        assertThat(stats.process().version().orElseThrow()).startsWith(version);
        assertThat(stats.process().uptime()).contains(Duration.ofSeconds(3));
        assertThat(stats.process().maxConnections()).hasValue(200);
        assertThat(stats.process().totalRequests().orElseThrow()).isPositive();
        assertThat(stats.process().workers()).hasValue(1);
        assertThat(stats.process().oldWorkers()).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.6", "3.0"})
    void aListenerHasAllThatCameIn(String version) throws IOException {
        assertThat(recorded(version).listeners()).singleElement().satisfies(listener -> {
            assertThat(listener.name()).isEqualTo("interlock.http");
            assertThat(listener.traffic().requests()).hasValue(9);
            assertThat(listener.traffic().responses().successful()).hasValue(6);
            assertThat(listener.traffic().responses().clientErrors()).hasValue(1);
            assertThat(listener.traffic().responses().serverErrors()).hasValue(2);
            assertThat(listener.traffic().bytesIn()).hasValue(743);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.6", "3.0"})
    void backendsHaveTheTopologysNamesAndNoOthersAreShown(String version) throws IOException {
        assertThat(recorded(version).backends())
                .extracting(BackendStats::name, BackendStats::available)
                .containsExactly(
                        tuple("down_example_com", false),
                        tuple("new_example_com", true),
                        tuple("www_example_com", true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.6", "3.0"})
    void serversHaveStateCheckAndTraffic(String version) throws IOException {
        ProxyStats stats = recorded(version);
        BackendStats www = stats.backends().get(2);
        assertThat(www.servers()).extracting(ServerStats::name).containsExactly("web-1", "web-2");
        ServerStats second = www.servers().get(1);
        assertThat(second.state()).isEqualTo(State.UP);
        assertThat(second.weight()).hasValue(2);
        assertThat(second.traffic().requests()).hasValue(4);
        assertThat(second.check()).hasValueSatisfying(check -> {
            assertThat(check.result()).isEqualTo("L7OK");
            assertThat(check.code()).hasValue(200);
            assertThat(check.took()).isPresent();
        });
        ServerStats gone = stats.backends().get(0).servers().getFirst();
        assertThat(gone.state()).isEqualTo(State.DOWN);
        assertThat(gone.check()).hasValueSatisfying(check -> {
            assertThat(check.result()).isEqualTo("L4CON");
            assertThat(check.detail()).contains("Connection refused");
        });
        assertThat(gone.downtime()).contains(Duration.ofSeconds(3));
        assertThat(stats.backends().get(1).servers().getFirst().state()).isEqualTo(State.UNCHECKED);
    }

    @ParameterizedTest
    @CsvSource({
        "UP,1,UP",
        "UP 1/3,1,UP",
        "UP,0,DRAINING",
        "DRAIN,1,DRAINING",
        "NOLB,1,DRAINING",
        "DOWN 1/2,1,DOWN",
        "DOWN (agent),1,DOWN",
        "MAINT (via b/s),1,MAINTENANCE",
        "no check,1,UNCHECKED",
        "no check,0,DRAINING",
        "whatever,1,UNKNOWN"
    })
    void everyStatusOfAServerMeansAState(String status, String weight, State state) {
        assertThat(server("status,weight", status + "," + weight).state()).isEqualTo(state);
    }

    @Test
    void aCheckThatIsUnderWayIsShownByItsLastResult() {
        assertThat(server("check_status,last_chk", "* L4TOUT,\"timeout, after \"\"200\"\" ms\"")
                        .check())
                .hasValueSatisfying(check -> {
                    assertThat(check.result()).isEqualTo("L4TOUT");
                    assertThat(check.detail()).contains("timeout, after \"200\" ms");
                });
        assertThat(server("check_status", "INI").check()).isEmpty();
    }

    @Test
    void whatHaproxyDoesNotKnowIsEmptyAndNotZero() {
        TrafficStats traffic = row("stot,bin,hrsp_2xx,qtime", ",-1,x,7");
        assertThat(traffic.sessions()).isEqualTo(OptionalLong.empty());
        assertThat(traffic.bytesIn()).isEqualTo(OptionalLong.empty());
        assertThat(traffic.responses().successful()).isEqualTo(OptionalLong.empty());
        assertThat(traffic.times().queue()).hasValue(7);
        assertThat(traffic.errors().denied()).isEqualTo(OptionalLong.empty());
    }

    @Test
    void aCellInQuotesMayHaveCommasAndQuotes() {
        ServerStats server = ProxyStatsParser.of(
                        Instant.EPOCH,
                        new ProxyStatsParser.StatsResponses("", """
                                # pxname,svname,type,status,check_status,last_chk,stot
                                www_example_com,one,2,UP,L7OK,"HTTP ""200"", ok",7
                                www_example_com,BACKEND,1,UP,,"",7
                                """, OptionalInt.empty(), OptionalInt.empty()),
                        PLACES)
                .orElseThrow()
                .backends()
                .getFirst()
                .servers()
                .getFirst();

        assertThat(server.check().orElseThrow().detail()).contains("HTTP \"200\", ok");
        assertThat(server.traffic().sessions()).hasValue(7);
    }

    @Test
    void aContainerMayHaveAnyNameAlsoThoseThatHaproxyGivesItsOwnRows() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            Set<String> names = containerNames(random);
            StringBuilder table =
                    new StringBuilder("# pxname,svname,act,bck,status,type\ninterlock.http,FRONTEND,,,OPEN,0\n");
            names.forEach(name -> table.append("b,").append(name).append(",1,0,UP,2\n"));
            table.append("b,BACKEND,").append(names.size()).append(",0,UP,1\n");

            ProxyStats stats = parsed(table.toString());

            assertThat(stats.listeners())
                    .as("seed %d", seed)
                    .extracting(ListenerStats::name)
                    .containsExactly("interlock.http");
            assertThat(stats.backends())
                    .as("seed %d", seed)
                    .singleElement()
                    .satisfies(backend -> assertThat(backend.servers())
                            .extracting(ServerStats::name)
                            .containsExactlyElementsOf(names));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, true, false",
        "0, 2, true, true",
        "0, 1, false, true",
        "1, 1, true, true",
        "0, 0, false, false",
    })
    void aBackendIsAvailableIfAServerOrABackupCanTakeRequestsAndThePlaceholderIsNone(
            int active, int backups, boolean placeholder, boolean available) {
        String waiting = placeholder ? "b,interlock:wait,0,1,no check,2\n" : "";
        ProxyStats stats = parsed("# pxname,svname,act,bck,status,type\n" + waiting + "b,web:backup,0,1,UP,2\n"
                + "b,BACKEND," + active + "," + backups + ",UP,1\n");
        assertThat(stats.backends().getFirst().available()).isEqualTo(available);
        assertThat(stats.backends().getFirst().servers())
                .extracting(ServerStats::name)
                .containsExactly("web");
    }

    @Test
    void rowsOfOtherTypesAreIgnored() {
        ProxyStats stats = parsed("# pxname,svname,type\nb,sock-1,3\nb,unknown,\nb,FRONTEND,9\nb,BACKEND,1\n");
        assertThat(stats.listeners()).isEmpty();
        assertThat(stats.backends().getFirst().servers()).isEmpty();
    }

    private static ProxyStats parsed(String table) {
        return ProxyStatsParser.of(
                        Instant.EPOCH,
                        new ProxyStatsParser.StatsResponses("", table, OptionalInt.empty(), OptionalInt.empty()),
                        Map.of("b", "b"))
                .orElseThrow();
    }

    /** Names that the API permits for servers, among them HAProxy's and Interlock's own words. */
    private static Set<String> containerNames(Random random) {
        Set<String> names = new TreeSet<>(List.of("BACKEND", "FRONTEND"));
        List<String> words =
                List.of("BACKEND", "FRONTEND", "interlock", "wait", "backup", "sock-1", "0", "_", ".", "-");
        while (names.size() < 12) {
            String name = IntStream.rangeClosed(0, random.nextInt(3))
                    .mapToObj(i -> words.get(random.nextInt(words.size())))
                    .collect(Collectors.joining());
            if (Character.isLetterOrDigit(name.charAt(0))) {
                names.add(name);
            }
        }
        return names;
    }

    @Test
    void whatIsNoTableIsNoStatistics() {
        for (String answer : new String[] {"", "\n", "Unknown command: 'show stat'\n"}) {
            assertThat(ProxyStatsParser.of(
                            Instant.EPOCH,
                            new ProxyStatsParser.StatsResponses("", answer, OptionalInt.empty(), OptionalInt.empty()),
                            Map.of()))
                    .isEmpty();
        }
    }
}
