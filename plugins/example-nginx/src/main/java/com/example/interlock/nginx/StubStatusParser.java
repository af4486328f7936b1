package com.example.interlock.nginx;

import io.interlock.api.stats.ProxyProcessStats;
import io.interlock.api.stats.ProxyStats;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parser of nginx' counters. The module {@code stub_status} counts connections and requests, but nothing for each
 * backend.
 */
final class StubStatusParser {

    private static final Pattern ANSWER = Pattern.compile(
            "Active connections: (\\d{1,18}) \\s*server accepts handled requests\\s+(\\d{1,18}) (\\d{1,18}) (\\d{1,18}) .*",
            Pattern.DOTALL);

    private StubStatusParser() {}

    /**
     * @throws IOException if this is not such an answer
     */
    static ProxyStats parse(String answer, NginxProcess.WorkerCounts workers, Clock clock) throws IOException {
        Matcher numbers = ANSWER.matcher(answer);
        if (!numbers.matches()) {
            throw new IOException("not an answer of stub_status: " + answer);
        }
        return new ProxyStats(
                Instant.now(clock),
                new ProxyProcessStats(
                        Optional.empty(),
                        Optional.empty(),
                        OptionalInt.of(workers.current()),
                        OptionalInt.of(workers.old()),
                        OptionalLong.of(Long.parseLong(numbers.group(1))),
                        OptionalLong.empty(),
                        OptionalLong.of(Long.parseLong(numbers.group(2))),
                        OptionalLong.of(Long.parseLong(numbers.group(4)))),
                List.of(),
                List.of(),
                Map.of());
    }
}
