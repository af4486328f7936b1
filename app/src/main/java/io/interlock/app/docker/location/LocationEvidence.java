package io.interlock.app.docker.location;

import io.interlock.app.inventory.NetworkLocation;
import io.interlock.app.inventory.NetworkLocation.Separate;
import io.interlock.app.inventory.NetworkLocation.Separation;
import io.interlock.util.IpLiteral;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Evidence about the location of a process that is in no container of the engine that is known, and reaches the engine
 * at a socket or address of its own host.
 *
 * @param inContainer whether the process bears the marks of a container, or of a machine that was made from an image
 * @param engine what the engine says about its host
 * @param hostNames the names of this host
 * @param kernel the release of this host's kernel; empty if it is not known
 * @param uniqueBridge whether this host has an interface whose name comes from the id of one of the engine's networks
 * @param namedBridge whether this host has the interface and the route of another of its networks, which may be another
 *     engine's
 * @param boundHere whether the engine's socket was bound in the network namespace of this process; empty if nobody
 *     could tell
 */
public record LocationEvidence(
        boolean inContainer,
        EngineHost engine,
        Set<String> hostNames,
        String kernel,
        boolean uniqueBridge,
        boolean namedBridge,
        Optional<Boolean> boundHere) {

    private static final List<InetAddress> LOOPBACK = List.of(IpLiteral.of("127.0.0.1"), IpLiteral.of("::1"));

    public LocationEvidence {
        hostNames = Set.copyOf(hostNames);
    }

    /**
     * Decides the location.
     *
     * @param gateway the gateway of this process, which for a container is its host
     * @param published the address at which published ports appear, as the configuration says
     */
    public NetworkLocation location(Optional<InetAddress> gateway, Optional<InetAddress> published) {
        if (uniqueBridge) {
            return new NetworkLocation.OnHost();
        }
        Optional<Separation> separation = separation();
        if (inContainer) {
            return namedBridge && separation.isEmpty()
                    ? new NetworkLocation.OnHost()
                    : new NetworkLocation.InContainer(Set.of(), published.or(() -> gateway));
        }
        return separation
                .<NetworkLocation>map(between -> new Separate(
                        between,
                        engine.name(),
                        published.map(List::of).orElseGet(() -> hostAddresses(between)),
                        engine.podman() && between == Separation.ROOTLESS))
                .orElseGet(NetworkLocation.OnHost::new);
    }

    /** Returns what lies between this host and the engine's networks; empty if nothing is known to. */
    private Optional<Separation> separation() {
        if (engine.desktop()) {
            return Optional.of(Separation.DESKTOP);
        }
        if (isAnotherMachine()) {
            return Optional.of(Separation.MACHINE);
        }
        if (engine.rootless()) {
            return Optional.of(Separation.ROOTLESS);
        }
        return !inContainer && boundHere.equals(Optional.of(false))
                ? Optional.of(Separation.NAMESPACE)
                : Optional.empty();
    }

    /** A container has a name of its own, but the kernel of its host. */
    private boolean isAnotherMachine() {
        boolean otherKernel = !kernel.isEmpty()
                && !engine.kernel().isEmpty()
                && !engine.kernel().equals(kernel);
        boolean otherName = !inContainer
                && !engine.name().isEmpty()
                && !hostNames.isEmpty()
                && hostNames.stream().noneMatch(engine.name()::equalsIgnoreCase);
        return otherKernel || otherName;
    }

    /** Docker Desktop and rootless engines publish ports on this host, others on hosts of their own. */
    private static List<InetAddress> hostAddresses(Separation between) {
        return switch (between) {
            case ROOTLESS, DESKTOP -> LOOPBACK;
            case MACHINE, NAMESPACE -> List.of();
        };
    }
}
