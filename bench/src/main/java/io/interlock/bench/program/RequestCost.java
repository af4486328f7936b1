package io.interlock.bench.program;

import io.interlock.testsupport.process.SystemProcesses;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cost of requests during one run of {@code wrk}.
 *
 * @param rate requests a second
 * @param cpu microseconds of HAProxy's processor time for each request
 */
record RequestCost(double rate, double cpu) {

    private static final String SECONDS = "3";
    private static final Pattern WRK = Pattern.compile("(\\d+) requests in [\\s\\S]*Requests/sec: *([0-9.]+)");

    /**
     * Sends requests on 16 connections.
     *
     * @param haproxy the process whose processor time counts
     */
    static RequestCost of(ProcessHandle haproxy, String header, String url) throws IOException {
        Duration before = haproxy.info().totalCpuDuration().orElseThrow();
        String output = SystemProcesses.run("wrk", "-t1", "-c16", "-d" + SECONDS + "s", "-H", header, url);
        Duration used = haproxy.info().totalCpuDuration().orElseThrow().minus(before);
        Matcher matcher = WRK.matcher(output);
        if (!matcher.find() || output.contains("Non-2xx")) {
            throw new IllegalStateException(output);
        }
        return new RequestCost(
                Double.parseDouble(matcher.group(2)), used.toNanos() / 1e3 / Long.parseLong(matcher.group(1)));
    }

    static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
