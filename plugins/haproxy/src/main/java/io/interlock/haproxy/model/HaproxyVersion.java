package io.interlock.haproxy.model;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * HAProxy's version, as far as it determines the supported configuration and commands.
 *
 * @param major the first number, for example 2
 * @param minor the second number, for example 6
 */
public record HaproxyVersion(int major, int minor) implements Comparable<HaproxyVersion> {

    /** The oldest version that has every required {@link HaproxyFeature}. */
    public static final HaproxyVersion MINIMUM = new HaproxyVersion(2, 4);

    private static final Pattern BANNER = Pattern.compile("HA-?Proxy version (\\d{1,4})\\.(\\d{1,4})[.\\-]");
    private static final Comparator<HaproxyVersion> ORDER =
            Comparator.comparingInt(HaproxyVersion::major).thenComparingInt(HaproxyVersion::minor);

    /** Reads the version from the output of {@code haproxy -v}; empty if it contains none. */
    public static Optional<HaproxyVersion> parse(String banner) {
        Matcher matcher = BANNER.matcher(banner);
        return matcher.find()
                ? Optional.of(
                        new HaproxyVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    /** Whether this version has the feature. */
    public boolean has(HaproxyFeature feature) {
        return isAtLeast(feature.since());
    }

    /** Whether this version is the other one or a later one. */
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
