package io.interlock.app.docker.client;

import io.interlock.util.IpLiteral;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What this process can find out by itself about the container that it may run in. Never fails: what it cannot read is not there. */
public final class OwnContainerDetector {

    /** An engine mounts this file from its folder of the container. */
    private static final Pattern HOSTNAME_MOUNT =
            Pattern.compile(" \\S*containers/([0-9a-f]{64})/\\S*hostname /etc/hostname ");

    private static final Pattern FULL_ID = Pattern.compile("(?<![0-9a-f])([0-9a-f]{64})(?![0-9a-f])");
    private static final Pattern DEFAULT_HOSTNAME = Pattern.compile("^([0-9a-f]{12})\\s*$");
    private static final Pattern DEFAULT_ROUTE = Pattern.compile("(?m)^\\S+\\s+00000000\\s+([0-9A-F]{8})\\s");

    private final Path root;

    /** Looks at the files below this folder: {@code /}, unless in a test. */
    public OwnContainerDetector(Path root) {
        this.root = root;
    }

    public boolean isInContainer() {
        return Files.exists(root.resolve(".dockerenv"))
                || Files.exists(root.resolve("run/.containerenv"))
                || !find(HOSTNAME_MOUNT, "proc/self/mountinfo").isEmpty();
    }

    /** Ids that may be this container's, full or short, the most probable first; none outside of a container. */
    public Set<String> candidates() {
        Set<String> ids = new LinkedHashSet<>();
        if (isInContainer()) {
            ids.addAll(find(HOSTNAME_MOUNT, "proc/self/mountinfo"));
            ids.addAll(find(FULL_ID, "proc/self/cgroup"));
            ids.addAll(find(DEFAULT_HOSTNAME, "etc/hostname"));
        }
        return ids;
    }

    /** The gateway of the default route: for a container, its host. */
    public Optional<InetAddress> defaultGateway() {
        return find(DEFAULT_ROUTE, "proc/net/route").stream().findFirst().flatMap(OwnContainerDetector::fromKernel);
    }

    /** The kernel writes an address as a number in the machine's byte order, which is little-endian wherever Java 21 runs Linux on. */
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
