package io.interlock.haproxy.peers;

import io.interlock.haproxy.model.PeerGroup;
import io.interlock.util.IpLiteral;
import io.interlock.util.PrintableText;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Resolves the instances that the configuration names: all of them, and which is this one. */
public final class InstanceResolver {

    static final int MOST_INSTANCES = 32;

    /** The JDK takes a name that ends with a number for an address in an old notation. */
    private static final Pattern NAME =
            Pattern.compile("(?=.{1,253}$)(?:[A-Za-z0-9_-]{1,63}\\.)*(?![0-9]+\\.?$)[A-Za-z0-9_-]{1,63}\\.?");

    private static final Comparator<InetAddress> BY_BYTES =
            (one, other) -> Arrays.compareUnsigned(one.getAddress(), other.getAddress());

    private final List<InetAddress> addresses;
    private final List<String> names;
    private final Optional<InetAddress> own;
    private final int port;
    private final Lookup lookup;
    private final Predicate<InetAddress> here;

    /** Finds all addresses of a name. */
    @FunctionalInterface
    interface Lookup {
        InetAddress[] addresses(String name) throws IOException;
    }

    /**
     * The instances as far as they are known.
     *
     * @param group with whom this HAProxy shares counters; empty: with nobody
     * @param problem why counters are not shared, or not with all, for people
     */
    public record Resolution(Optional<PeerGroup> group, Optional<String> problem) {

        /** This instance counts for itself. */
        public static Resolution alone(String problem) {
            return new Resolution(
                    Optional.empty(), Optional.of(problem + "; this instance counts for itself until that changes"));
        }
    }

    /**
     * @param instances addresses and names
     * @param instance the address of this instance; empty: the one of the addresses that this host has
     * @param port the port at which the instances talk to each other
     * @throws IllegalArgumentException if one is neither an address nor a name
     */
    public InstanceResolver(List<? extends @Nullable String> instances, Optional<String> instance, int port) {
        this(instances, instance, port, InetAddress::getAllByName, InstanceResolver::isHere);
    }

    /**
     * @param here whether this host has an address
     */
    InstanceResolver(
            List<? extends @Nullable String> instances,
            Optional<String> instance,
            int port,
            Lookup lookup,
            Predicate<InetAddress> here) {
        if (instances.size() > MOST_INSTANCES) {
            throw new IllegalArgumentException(
                    "instances has " + instances.size() + " elements, expected at most " + MOST_INSTANCES);
        }
        if (instances.isEmpty() && instance.isPresent()) {
            throw new IllegalArgumentException("instances is missing, which instance needs");
        }
        List<InetAddress> addresses = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (String text : instances) {
            String place = String.valueOf(text);
            if (NAME.matcher(place).matches() && text != null) {
                names.add(place);
            } else {
                addresses.add(address("instances", place));
            }
        }
        this.addresses = List.copyOf(addresses);
        this.names = List.copyOf(names);
        this.own = instance.map(text -> address("instance", text));
        this.port = port;
        this.lookup = lookup;
        this.here = here;
    }

    private static InetAddress address(String key, String text) {
        return IpLiteral.parse(text)
                .filter(InstanceResolver::isOfOneHost)
                .orElseThrow(() -> new IllegalArgumentException(key + " has \"" + PrintableText.of(text)
                        + "\", expected the address of a host"
                        + (key.equals("instances") ? ", or a name of DNS" : "")));
    }

    private static boolean isOfOneHost(InetAddress address) {
        return !address.isAnyLocalAddress() && !address.isMulticastAddress() && !address.isLinkLocalAddress();
    }

    private static boolean isHere(InetAddress address) {
        try {
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return false;
        }
    }

    /** Whether there are no instances. */
    boolean isEmpty() {
        return addresses.isEmpty() && names.isEmpty();
    }

    /** The configured addresses and names, for messages. */
    String text() {
        return Stream.concat(addresses.stream().map(InetAddress::getHostAddress), names.stream())
                .collect(Collectors.joining(", "));
    }

    /**
     * Finds the addresses of all instances.
     *
     * @throws IOException if a name cannot be resolved now: the instances are unknown, not gone
     */
    List<InetAddress> addresses() throws IOException {
        List<InetAddress> all = new ArrayList<>(addresses);
        own.ifPresent(all::add);
        for (String name : names) {
            all.addAll(usable(lookup.addresses(name)));
        }
        return all;
    }

    /** A host that has both kinds of addresses must not count twice. Its loopback address leads nobody else to it. */
    private static List<InetAddress> usable(InetAddress... found) {
        List<InetAddress> usable = Stream.of(found)
                .filter(address -> isOfOneHost(address) && !address.isLoopbackAddress())
                .toList();
        List<InetAddress> ipv4 =
                usable.stream().filter(Inet4Address.class::isInstance).toList();
        return ipv4.isEmpty() ? usable : ipv4;
    }

    /** Decides which of the addresses is this instance. */
    Resolution resolve(Collection<InetAddress> found) {
        TreeSet<InetAddress> sorted = new TreeSet<>(BY_BYTES);
        sorted.addAll(found);
        List<InetAddress> all = sorted.stream().limit(MOST_INSTANCES).toList();
        Optional<String> problem = sorted.size() <= MOST_INSTANCES
                ? Optional.empty()
                : Optional.of("there are " + sorted.size() + " instances; the first " + MOST_INSTANCES
                        + " in the order of their addresses share counters of clients");
        List<InetAddress> mine = all.stream()
                .filter(address -> own.map(address::equals).orElseGet(() -> here.test(address)))
                .toList();
        if (mine.size() != 1) {
            return Resolution.alone(
                    mine.isEmpty()
                            ? problem.orElse("this host has none of the addresses of the instances: " + text(all)
                                    + "; set plugins.haproxy.instance to the one by which the others reach it")
                            : "this host has several of the addresses of the instances: " + text(mine)
                                    + "; set plugins.haproxy.instance to one of them");
        }
        InetAddress self = mine.getFirst();
        return new Resolution(
                Optional.of(new PeerGroup(
                        self,
                        here.test(self) ? self : anyLike(self),
                        port,
                        all.stream().filter(address -> !address.equals(self)).toList())),
                problem);
    }

    /** Behind a published port or with HAProxy elsewhere, the host does not have the address by which others reach it. */
    private static InetAddress anyLike(InetAddress address) {
        return IpLiteral.of(address instanceof Inet6Address ? "::" : "0.0.0.0");
    }

    private static String text(List<InetAddress> addresses) {
        return addresses.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(", "));
    }
}
