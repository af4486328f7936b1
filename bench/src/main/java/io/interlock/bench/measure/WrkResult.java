package io.interlock.bench.measure;

import io.interlock.bench.process.ProcessUsage;
import io.interlock.testsupport.process.SystemProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Result of a load with as many requests as a proxy can answer.
 *
 * @param perSecond requests
 * @param p99 milliseconds
 * @param cpuMicros processor time of the proxy for each request
 */
record WrkResult(double perSecond, double p99, double cpuMicros) {

    static final int CONNECTIONS = 32;

    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
    private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in");
    private static final Pattern P99 = Pattern.compile("99%\\s+([0-9.]+)(us|ms|s)");

    /**
     * Runs wrk, which sends as many requests as it can.
     *
     * @param proxies the processes whose processor time counts
     * @param hosts how many hosts of the fleet the requests address, one after the other
     */
    static WrkResult on(List<Long> proxies, int port, int hosts, Duration duration) throws IOException {
        Path script = Files.createTempFile("il-wrk-", ".lua");
        try {
            Files.writeString(script, """
                    local n = 0
                    local hosts = %d
                    request = function()
                        n = (n + 1) %% hosts
                        return wrk.format("GET", "/", {["Host"] = "h" .. n .. ".fleet.example"})
                    end
                    """.formatted(hosts));
            ProcessUsage before = ProcessUsage.of(proxies);
            String output = SystemProcesses.run(
                    "wrk",
                    "-t1",
                    "-c" + CONNECTIONS,
                    "-d" + duration.toSeconds() + "s",
                    "--latency",
                    "-s",
                    script.toString(),
                    "http://127.0.0.1:" + port + "/");
            if (output.contains("Non-2xx")) {
                throw new IOException("some requests were not served: " + output);
            }
            double cpuMicros = ProcessUsage.of(proxies).since(before).cpuMillis() * 1e3 / found(REQUESTS, output);
            return new WrkResult(found(RATE, output), millis(output), cpuMicros);
        } finally {
            Files.delete(script);
        }
    }

    private static double found(Pattern pattern, String output) throws IOException {
        Matcher matcher = pattern.matcher(output);
        if (!matcher.find()) {
            throw new IOException("wrk did not say " + pattern + ": " + output);
        }
        return Double.parseDouble(matcher.group(1));
    }

    private static double millis(String output) throws IOException {
        double value = found(P99, output);
        Matcher unit = P99.matcher(output);
        return !unit.find()
                ? value
                : switch (unit.group(2)) {
                    case "us" -> value / 1000;
                    case "s" -> value * 1000;
                    default -> value;
                };
    }
}
