package io.interlock.haproxy.stats;

import io.interlock.api.stats.BackendStats;
import io.interlock.api.stats.ListenerStats;
import io.interlock.api.stats.ProxyProcessStats;
import io.interlock.api.stats.ProxyStats;
import io.interlock.api.stats.ServerStats;
import io.interlock.haproxy.model.GlobalConfig;
import io.interlock.haproxy.model.RequestRefusal;
import io.interlock.haproxy.model.ServerSpec;
import io.interlock.haproxy.stats.CsvTable.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Parser of HAProxy's counters. */
public final class ProxyStatsParser {

    // HAProxy's column "type". Names do not tell rows apart: a server may be named BACKEND.
    private static final int FRONTEND = 0;
    private static final int BACKEND = 1;
    private static final int SERVER = 2;
    private static final int NO_TYPE = -1;

    /** Prefix of the result of the last check while another check runs. */
    private static final String CHECKING = "* ";

    private ProxyStatsParser() {}

    /**
     * Answers of HAProxy.
     *
     * @param info to {@code show info}
     * @param stat to {@code show stat}
     * @param workers the number of processes that serve; empty if the master did not report it
     * @param oldWorkers the number of replaced processes, which finish their connections
     */
    public record StatsResponses(String info, String stat, OptionalInt workers, OptionalInt oldWorkers) {}

    /**
     * The statistics; empty if the answers are not of the expected form.
     *
     * @param backendsByPlace the backend of the topology at each place of HAProxy's configuration
     */
    public static Optional<ProxyStats> of(Instant at, StatsResponses answers, Map<String, String> backendsByPlace) {
        return CsvTable.parse(answers.stat()).map(table -> {
            RowCollector counts = new RowCollector(backendsByPlace);
            table.forEach(counts::add);
            return new ProxyStats(at, process(answers), counts.listeners(), counts.backends(), counts.refusals);
        });
    }

    private static ProxyProcessStats process(StatsResponses answers) {
        Map<String, String> info = answers.info()
                .lines()
                .map(line -> line.split(": ", 2))
                .filter(parts -> parts.length == 2)
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1], (one, other) -> one));
        return new ProxyProcessStats(
                Optional.ofNullable(info.get("Version")),
                seconds(number(info, "Uptime_sec")),
                answers.workers(),
                answers.oldWorkers(),
                number(info, "CurrConns"),
                number(info, "Maxconn"),
                number(info, "CumConns"),
                number(info, "CumReq"));
    }

    private static OptionalLong number(Map<String, String> info, String key) {
        String text = info.getOrDefault(key, "");
        return text.matches("[0-9]{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    private static Optional<Duration> seconds(OptionalLong number) {
        return number.isPresent() ? Optional.of(Duration.ofSeconds(number.getAsLong())) : Optional.empty();
    }

    private static String text(Row row, String column) {
        return row.text(column).orElse("");
    }

    /** Collector of the rows. */
    private static final class RowCollector {
        private final Map<String, String> backendsByPlace;
        private final List<ListenerStats> listeners = new ArrayList<>();
        private final List<BackendStats> backends = new ArrayList<>();
        private final Map<String, Long> refusals = new HashMap<>();
        private final Map<String, Map<String, ServerStats>> servers = new HashMap<>();
        /** Places whose backend has the placeholder at which requests wait. */
        private final Set<String> waiting = new HashSet<>();

        RowCollector(Map<String, String> backendsByPlace) {
            this.backendsByPlace = backendsByPlace;
        }

        List<ListenerStats> listeners() {
            listeners.sort(Comparator.comparing(ListenerStats::name));
            return listeners;
        }

        List<BackendStats> backends() {
            backends.sort(Comparator.comparing(BackendStats::name));
            return backends;
        }

        void add(Row row) {
            String place = text(row, "pxname");
            String name = backendsByPlace.get(place);
            if (place.equals(GlobalConfig.HEALTH_LISTENER) || place.startsWith(GlobalConfig.AUTH)) {
                return;
            }
            int type = (int) row.number("type").orElse(NO_TYPE);
            if (type == FRONTEND) {
                listeners.add(new ListenerStats(place, TrafficReader.of(row)));
            } else if (type == BACKEND && RequestRefusal.ofBackend(place).isPresent()) {
                refusals.put(
                        RequestRefusal.ofBackend(place).get().label(),
                        row.number("stot").orElse(0));
            } else if (name != null && type == BACKEND) {
                backends.add(backend(row, name, place));
            } else if (name != null && type == SERVER) {
                server(row, place);
            }
        }

        private void server(Row row, String place) {
            String svname = text(row, "svname");
            if (svname.equals(ServerSpec.WAITING.name())) {
                waiting.add(place);
                return;
            }
            ServerStats server = ProxyStatsParser.server(row, svname);
            servers.computeIfAbsent(place, any -> new TreeMap<>())
                    .merge(server.name(), server, ProxyStatsParser::present);
        }

        /** HAProxy lists a backend after its servers. */
        private BackendStats backend(Row row, String name, String place) {
            Map<String, ServerStats> its = servers.remove(place);
            long backups = row.number("bck").orElse(0) - (waiting.remove(place) ? 1 : 0);
            return new BackendStats(
                    name,
                    row.number("act").orElse(0) > 0 || backups > 0,
                    TrafficReader.of(row),
                    its == null ? List.of() : List.copyOf(its.values()));
        }
    }

    /** The variant of a server that is not being taken out of service. */
    private static ServerStats present(ServerStats one, ServerStats other) {
        return one.state() == ServerStats.State.MAINTENANCE ? other : one;
    }

    private static ServerStats server(Row row, String svname) {
        OptionalLong weight = row.number("weight");
        return new ServerStats(
                // Names in the topology have no colon: the text after a colon distinguishes variants of a server.
                svname.indexOf(':') < 0 ? svname : svname.substring(0, svname.indexOf(':')),
                state(text(row, "status"), weight.orElse(1) == 0),
                check(row),
                seconds(row.number("lastchg")),
                seconds(row.number("downtime")),
                weight.isPresent() ? OptionalInt.of((int) weight.getAsLong()) : OptionalInt.empty(),
                TrafficReader.of(row));
    }

    /** HAProxy adds the number of checks that are missing for a change: {@code UP 1/3}. */
    private static ServerStats.State state(String status, boolean weightless) {
        if (status.startsWith("UP") || status.startsWith("NOLB") || status.equals("no check")) {
            if (weightless || status.startsWith("NOLB")) {
                return ServerStats.State.DRAINING;
            }
            return status.startsWith("UP") ? ServerStats.State.UP : ServerStats.State.UNCHECKED;
        }
        if (status.startsWith("DRAIN")) {
            return ServerStats.State.DRAINING;
        }
        if (status.startsWith("DOWN")) {
            return ServerStats.State.DOWN;
        }
        return status.startsWith("MAINT") ? ServerStats.State.MAINTENANCE : ServerStats.State.UNKNOWN;
    }

    private static Optional<ServerStats.Check> check(Row row) {
        OptionalLong code = row.number("check_code");
        OptionalLong took = row.number("check_duration");
        return row.text("check_status")
                .map(result -> result.startsWith(CHECKING) ? result.substring(CHECKING.length()) : result)
                // There is no result yet.
                .filter(result -> !result.equals("INI"))
                .map(result -> new ServerStats.Check(
                        result,
                        code.isPresent() ? OptionalInt.of((int) code.getAsLong()) : OptionalInt.empty(),
                        took.isPresent() ? Optional.of(Duration.ofMillis(took.getAsLong())) : Optional.empty(),
                        row.text("last_chk").or(() -> row.text("check_desc"))));
    }
}
