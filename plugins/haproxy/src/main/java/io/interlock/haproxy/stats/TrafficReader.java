package io.interlock.haproxy.stats;

import io.interlock.api.stats.TrafficStats;
import io.interlock.haproxy.stats.CsvTable.Row;
import java.util.OptionalLong;

/** Reader of the traffic counters in a row. */
final class TrafficReader {

    private TrafficReader() {}

    static TrafficStats of(Row row) {
        return new TrafficStats(
                row.number("scur"),
                row.number("stot"),
                row.number("req_tot"),
                row.number("bin"),
                row.number("bout"),
                new TrafficStats.Responses(
                        row.number("hrsp_1xx"),
                        row.number("hrsp_2xx"),
                        row.number("hrsp_3xx"),
                        row.number("hrsp_4xx"),
                        row.number("hrsp_5xx"),
                        row.number("hrsp_other")),
                new TrafficStats.Errors(
                        row.number("ereq"),
                        sum(row.number("dreq"), row.number("dresp")),
                        row.number("econ"),
                        row.number("eresp"),
                        row.number("cli_abrt"),
                        row.number("srv_abrt"),
                        row.number("wretr"),
                        row.number("wredis")),
                row.number("qcur"),
                new TrafficStats.Times(
                        row.number("qtime"), row.number("ctime"), row.number("rtime"), row.number("ttime")));
    }

    private static OptionalLong sum(OptionalLong one, OptionalLong other) {
        return one.isEmpty() && other.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(one.orElse(0) + other.orElse(0));
    }
}
