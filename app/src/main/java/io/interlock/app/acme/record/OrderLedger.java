package io.interlock.app.acme.record;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The orders of one name, for a limit that holds whatever else goes wrong. Times are those of the authority's clock if
 * it is known, because the machine's own may jump. Pure.
 *
 * @param orders when orders were placed, oldest first
 * @param issued when certificates were issued, oldest first
 */
public record OrderLedger(List<Instant> orders, List<Instant> issued) {

    public static final OrderLedger EMPTY = new OrderLedger(List.of(), List.of());

    /** Orders in a week, including failed ones. */
    public static final int MOST_ORDERS = 50;

    /** Certificates in a week; more only if their lifetime is short. */
    public static final int MOST_ISSUED = 5;

    private static final int MOST_OF_SHORT_LIVED = 500;
    private static final Duration WEEK = Duration.ofDays(7);

    public OrderLedger {
        orders = newest(orders);
        issued = newest(issued);
    }

    public OrderLedger ordered(Instant now) {
        return new OrderLedger(Stream.concat(orders.stream(), Stream.of(now)).toList(), issued);
    }

    public OrderLedger issued(Instant now) {
        return new OrderLedger(
                orders, Stream.concat(issued.stream(), Stream.of(now)).toList());
    }

    /**
     * When the next order may be placed.
     *
     * @param lifetime of the present certificate
     * @return empty: now
     */
    public Optional<Instant> blockedUntil(Instant now, Optional<Duration> lifetime) {
        int mostIssued = mostIssued(lifetime);
        int mostOrders = Math.min(MOST_OF_SHORT_LIVED, Math.max(MOST_ORDERS, 2 * mostIssued));
        return Stream.of(free(issued, mostIssued, now), free(orders, mostOrders, now))
                .flatMap(Optional::stream)
                .max(Instant::compareTo);
    }

    /** Twice as many as renewals need, at least {@link #MOST_ISSUED}. */
    public static int mostIssued(Optional<Duration> lifetime) {
        long seconds = lifetime.map(Duration::toSeconds).orElse(WEEK.toSeconds());
        long renewals = WEEK.toSeconds() / Math.max(1, seconds * 2 / 3) + 1;
        return (int) Math.min(MOST_OF_SHORT_LIVED, Math.max(MOST_ISSUED, 2 * renewals));
    }

    /** Entries in the future count: the clock was set back since. */
    private static Optional<Instant> free(List<Instant> entries, int most, Instant now) {
        List<Instant> recent = entries.stream()
                .filter(at -> at.isAfter(now.minus(WEEK)))
                .sorted()
                .toList();
        return recent.size() < most
                ? Optional.empty()
                : Optional.of(recent.get(recent.size() - most).plus(WEEK));
    }

    private static List<Instant> newest(List<Instant> entries) {
        return List.copyOf(entries.subList(Math.max(0, entries.size() - MOST_OF_SHORT_LIVED), entries.size()));
    }
}
