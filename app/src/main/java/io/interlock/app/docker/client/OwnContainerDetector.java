package io.interlock.app.docker.client;

import io.interlock.app.docker.location.RouteTable;
import io.interlock.util.IpLiteral;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Detects the container in which this process may run. Never fails: data that it cannot read counts as missing. */
public final class OwnContainerDetector {

    /** Mount of a file from the folder that the engine has for the container. */
    private static final Pattern HOSTNAME_MOUNT =
            Pattern.compile(" \\S*containers/([0-9a-f]{64})/\\S*hostname /etc/hostname ");

    private static final Pattern FULL_ID = Pattern.compile("(?<![0-9a-f])([0-9a-f]{64})(?![0-9a-f])");
    private static final Pattern DEFAULT_HOSTNAME = Pattern.compile("^([0-9a-f]{12})\\s*$");
    private static final Pattern DEFAULT_ROUTE = Pattern.compile("(?m)^\\S+\\s+00000000\\s+([0-9A-F]{8})\\s");

    /** Listening socket at a path, in {@code number references protocol flags type state inode path}. */
    private static final Pattern LISTENING_SOCKET =
            Pattern.compile("(?m)^\\S+ \\S+ \\S+ 00010000 \\S+ \\S+ +\\d+ (/.*)$");

    private final Path root;

    /**
     * @param root the folder below which the files are read: {@code /}, except in tests
     */
    public OwnContainerDetector(Path root) {
        this.root = root;
    }

    public boolean isInContainer() {
        return Files.exists(root.resolve(".dockerenv"))
                || Files.exists(root.resolve("run/.containerenv"))
                || !find(HOSTNAME_MOUNT, "proc/self/mountinfo").isEmpty();
    }

    /**
     * Whether this process is probably in the network of a container. Machines that were made from an image bear the
     * marks of a container, too, but have network interfaces that are devices.
     */
    public boolean isInNetworkOfContainer() {
        return isInContainer() && !hasNetworkDevice();
    }

    private boolean hasNetworkDevice() {
        try (Stream<Path> interfaces = Files.list(root.resolve("sys/class/net"))) {
            return interfaces.anyMatch(one -> Files.exists(one.resolve("device")));
        } catch (IOException | UncheckedIOException unknown) {
            return false;
        }
    }

    /** Returns the names of this host: the current one and the configured one. */
    public Set<String> hostNames() {
        return Stream.of("proc/sys/kernel/hostname", "etc/hostname")
                .map(this::text)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
    }

    /** Returns the release of the kernel; empty if it cannot be read. */
    public String kernel() {
        return text("proc/sys/kernel/osrelease");
    }

    /**
     * Whether a listening socket was bound in the network of this process, to the same file; empty if the kernel's
     * table cannot be read.
     */
    public Optional<Boolean> isBoundHere(Path socket) {
        Path table = root.resolve("proc/self/net/unix");
        return Files.isReadable(table)
                ? Optional.of(find(LISTENING_SOCKET, "proc/self/net/unix").stream()
                        .anyMatch(path -> isSameFile(Path.of(path), socket)))
                : Optional.empty();
    }

    private static boolean isSameFile(Path one, Path other) {
        try {
            return Files.isSameFile(one, other);
        } catch (IOException notThere) {
            return false;
        }
    }

    private String text(String file) {
        try {
            return Files.readString(root.resolve(file)).strip();
        } catch (IOException notThere) {
            return "";
        }
    }

    /** Returns the routes of the network of this process; empty if they cannot be read. */
    public Optional<RouteTable> routes() {
        return RouteTable.read(root.resolve("proc/self/net"));
    }

    /**
     * Returns ids that may be those of this container, full or short, the most probable first. Empty outside of a
     * container.
     */
    public Set<String> candidates() {
        Set<String> ids = new LinkedHashSet<>();
        if (isInContainer()) {
            ids.addAll(find(HOSTNAME_MOUNT, "proc/self/mountinfo"));
            ids.addAll(find(FULL_ID, "proc/self/cgroup"));
            ids.addAll(find(DEFAULT_HOSTNAME, "etc/hostname"));
        }
        return ids;
    }

    /** Returns the gateway of the default route, which for a container is its host. */
    public Optional<InetAddress> defaultGateway() {
        return find(DEFAULT_ROUTE, "proc/net/route").stream().findFirst().flatMap(OwnContainerDetector::fromKernel);
    }

    /**
     * Parses the kernel's form of an address: a number in the byte order of the machine, which is little-endian on
     * every platform where Java 21 runs on Linux.
     */
    private static Optional<InetAddress> fromKernel(String hex) {
        int number = Integer.parseUnsignedInt(hex, 16);
        return IpLiteral.parse(
                (number & 0xFF) + "." + ((number >> 8) & 0xFF) + "." + ((number >> 16) & 0xFF) + "." + (number >>> 24));
    }

    private List<String> find(Pattern pattern, String file) {
        List<String> found = new ArrayList<>();
        try {
            pattern.matcher(Files.readString(root.resolve(file))).results().forEach(match -> found.add(match.group(1)));
        } catch (IOException notThere) {
            return List.of();
        }
        return found;
    }
}
