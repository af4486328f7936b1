package io.interlock.haproxy.model;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of HAProxy, as far as it decides what HAProxy understands.
 *
 * @param major the first number, such as 2
 * @param minor the second number, such as 6
 */
public record HaproxyVersion(int major, int minor) implements Comparable<HaproxyVersion> {

    /** The oldest version that has every {@link RequiredFeature}. */
    public static final HaproxyVersion MINIMUM = new HaproxyVersion(2, 4);

    private static final Pattern BANNER = Pattern.compile("HA-?Proxy version (\\d{1,4})\\.(\\d{1,4})[.\\-]");
    private static final Comparator<HaproxyVersion> ORDER =
            Comparator.comparingInt(HaproxyVersion::major).thenComparingInt(HaproxyVersion::minor);

    /** Finds the version in what {@code haproxy -v} prints. */
    public static Optional<HaproxyVersion> parse(String banner) {
        Matcher matcher = BANNER.matcher(banner);
        return matcher.find()
                ? Optional.of(
                        new HaproxyVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    /** Whether this is that version or a later one. */
    public boolean isAtLeast(HaproxyVersion other) {
        return compareTo(other) >= 0;
    }

    @Override
    public int compareTo(HaproxyVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
