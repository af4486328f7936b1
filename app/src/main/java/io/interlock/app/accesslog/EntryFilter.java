package io.interlock.app.accesslog;

import io.interlock.api.loadbalancer.AccessLogEntry;
import io.interlock.app.config.accesslog.RequestFilter;
import io.interlock.app.config.ownership.TextPattern;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;

/** Filter that decides which requests a destination gets. Safe for all threads. */
public final class EntryFilter implements Predicate<AccessLogEntry> {

    private static final int HUNDRED = 100;

    private final double sample;
    private final List<String> statuses;
    private final List<TextPattern> hosts;
    private final List<TextPattern> containers;
    private final DoubleSupplier random;

    public EntryFilter(RequestFilter wanted) {
        this(wanted, () -> ThreadLocalRandom.current().nextDouble());
    }

    /**
     * @param random returns a number from 0 to 1, exclusive
     */
    EntryFilter(RequestFilter wanted, DoubleSupplier random) {
        this.sample = wanted.sample();
        this.statuses = wanted.statuses();
        this.hosts = wanted.hosts().stream()
                .map(host -> new TextPattern(host.toLowerCase(Locale.ROOT)))
                .toList();
        this.containers = wanted.containers().stream().map(TextPattern::new).toList();
        this.random = random;
    }

    @Override
    public boolean test(AccessLogEntry entry) {
        return (statuses.isEmpty() || hasStatus(entry.status()))
                && matches(hosts, host(entry))
                && matches(containers, entry.server())
                && (sample >= 1 || random.getAsDouble() < sample);
    }

    /** The host name of a request, in lower case and without a port. */
    static String host(AccessLogEntry entry) {
        String host = entry.request().host().toLowerCase(Locale.ROOT);
        int colon = host.lastIndexOf(':');
        String name = colon > host.indexOf(']') ? host.substring(0, colon) : host;
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    private static boolean matches(List<TextPattern> patterns, String text) {
        return patterns.isEmpty() || patterns.stream().anyMatch(pattern -> pattern.matches(text));
    }

    private boolean hasStatus(OptionalInt status) {
        if (status.isEmpty()) {
            return false;
        }
        String exact = Integer.toString(status.getAsInt());
        String all = status.getAsInt() / HUNDRED + "xx";
        return statuses.contains(exact) || statuses.contains(all);
    }
}
