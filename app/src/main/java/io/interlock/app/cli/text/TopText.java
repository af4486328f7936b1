package io.interlock.app.cli.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.interlock.util.CountText;
import io.interlock.util.PrintableText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Text of {@code top}: rates from two answers to {@code traffic}, the busiest backends first. */
public final class TopText {

    private static final int NAMES = 60;
    private static final double SECOND = 1e9;

    private TopText() {}

    /**
     * Rates of a backend.
     *
     * @param requests requests per second; empty if the counters began anew meanwhile
     */
    private record Rates(
            JsonNode backend, OptionalDouble requests, OptionalDouble clientErrors, OptionalDouble errors) {}

    /**
     * @param before an earlier answer
     * @param rows most backends to show
     */
    public static String of(JsonNode before, JsonNode now, int rows) {
        Map<String, JsonNode> earlier = new HashMap<>();
        before.path("backends").forEach(backend -> earlier.put(key(backend), backend));
        List<Rates> all = now.path("backends")
                .valueStream()
                .map(backend -> rates(earlier.get(key(backend)), backend))
                .sorted(Comparator.comparingDouble(
                                (Rates rates) -> -rates.requests().orElse(0))
                        .thenComparing(rates -> key(rates.backend())))
                .toList();
        TextTable table = new TextTable(
                "HOST", "BACKEND", "REQ/S", "4XX/S", "5XX/S", "IN FLIGHT", "QUEUE", "RESPONSE MS", "STATE");
        all.stream().limit(rows).forEach(rates -> row(rates, table));
        double requests = sum(all.stream().map(Rates::requests).toList());
        double errors = sum(all.stream().map(Rates::errors).toList());
        return "%s  %s: %s requests/s, %s errors/s%n%n%s"
                .formatted(
                        JsonText.text(now, "at"),
                        CountText.of(all.size(), "backend"),
                        number(OptionalDouble.of(requests)),
                        number(OptionalDouble.of(errors)),
                        all.isEmpty() ? "Nothing is served." : table.toString());
    }

    private static void row(Rates rates, TextTable table) {
        JsonNode traffic = rates.backend().path("traffic");
        table.row(
                PrintableText.shortened(JsonText.list(rates.backend().path("host_names")), NAMES),
                JsonText.text(rates.backend(), "name"),
                number(rates.requests()),
                number(rates.clientErrors()),
                number(rates.errors()),
                JsonText.text(traffic, "current_sessions"),
                JsonText.text(traffic, "current_queue"),
                JsonText.text(traffic.path("times"), "response"),
                rates.backend().path("available").asBoolean() ? "up" : "down");
    }

    private static Rates rates(@Nullable JsonNode before, JsonNode now) {
        return new Rates(
                now,
                rate(before, now, "requests"),
                rate(before, now, "responses", "client_errors"),
                rate(before, now, "responses", "server_errors"));
    }

    private static OptionalDouble rate(@Nullable JsonNode before, JsonNode now, String... path) {
        if (before == null) {
            return OptionalDouble.empty();
        }
        JsonNode earlier = before.path("traffic");
        JsonNode later = now.path("traffic");
        for (String key : path) {
            earlier = earlier.path(key);
            later = later.path(key);
        }
        double seconds = seconds(before, now);
        // HAProxy counts anew after each reload.
        boolean isKnown = seconds > 0 && earlier.isNumber() && later.isNumber() && later.asLong() >= earlier.asLong();
        return isKnown ? OptionalDouble.of((later.asLong() - earlier.asLong()) / seconds) : OptionalDouble.empty();
    }

    private static double seconds(JsonNode before, JsonNode now) {
        try {
            return Duration.between(
                                    Instant.parse(before.path("at").asText()),
                                    Instant.parse(now.path("at").asText()))
                            .toNanos()
                    / SECOND;
        } catch (DateTimeException e) {
            return 0;
        }
    }

    private static double sum(List<OptionalDouble> numbers) {
        return numbers.stream().mapToDouble(number -> number.orElse(0)).sum();
    }

    private static String number(OptionalDouble number) {
        return number.isPresent() ? String.format(Locale.ROOT, "%.1f", number.getAsDouble()) : "-";
    }

    private static String key(JsonNode backend) {
        return backend.path("load_balancer").asText() + " "
                + backend.path("name").asText();
    }
}
