package com.example.statsfile;

import io.interlock.api.sink.StatsSnapshot;
import io.interlock.api.stats.BackendStats;
import io.interlock.api.stats.ServerStats;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Text of the file: a line for each server, with load balancer, backend, server, state and number of requests. */
final class StatsFileText {

    private StatsFileText() {}

    static String of(StatsSnapshot snapshot) {
        return snapshot.proxies().entrySet().stream()
                .flatMap(proxy -> proxy.getValue().backends().stream()
                        .flatMap(backend -> lines(proxy.getKey(), backend)))
                .sorted()
                .collect(Collectors.joining());
    }

    private static Stream<String> lines(String loadBalancer, BackendStats backend) {
        return backend.servers().stream().map(server -> line(loadBalancer, backend.name(), server));
    }

    private static String line(String loadBalancer, String backend, ServerStats server) {
        String requests = server.traffic().requests().isPresent()
                ? Long.toString(server.traffic().requests().getAsLong())
                : "";
        return String.join(",", loadBalancer, backend, server.name(), server.state().name(), requests) + "\n";
    }
}
