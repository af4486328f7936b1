package io.interlock.app.docker.watch;

import io.interlock.app.docker.client.ContainerInspection;
import io.interlock.app.docker.client.EngineClient;
import io.interlock.app.docker.location.EngineNetwork;
import io.interlock.app.docker.location.RouteEvidenceFinder;
import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.NetworkAttachment;
import io.interlock.app.inventory.NetworkAttachment.Evidence;
import io.interlock.app.inventory.RouteEvidence;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds to an inspected container what this host shows about the way to its addresses. Asks the engine for its networks
 * when one is new, and reads this host's routes only for networks whose interface has not been seen. Safe for all
 * threads.
 */
public final class AttachmentEvidenceReader {

    /** Finds nothing, for connections without evidence. */
    public static final AttachmentEvidenceReader NONE = new AttachmentEvidenceReader(Optional::empty);

    private static final Logger log = LoggerFactory.getLogger("engine");

    private final Supplier<Optional<RouteEvidenceFinder>> finders;
    private final Map<Interface, Evidence> seen = new ConcurrentHashMap<>();
    private final Set<String> unlisted = ConcurrentHashMap.newKeySet();
    private volatile @Nullable List<EngineNetwork> networks;

    /** Network in which this host was seen to have an interface, with the families of a container's addresses. */
    private record Interface(String networkId, String name, boolean ipv4, boolean ipv6) {}

    /**
     * @param finders supplies what this host shows now; empty if it shows nothing about this engine's networks
     */
    public AttachmentEvidenceReader(Supplier<Optional<RouteEvidenceFinder>> finders) {
        this.finders = finders;
    }

    /** Forgets what was seen; another look follows with each container. */
    void forget() {
        networks = null;
        unlisted.clear();
        seen.clear();
    }

    /** Returns the inspection with evidence for each of its networks. */
    ContainerInspection annotated(ContainerInspection inspection, EngineClient engine) throws InterruptedIOException {
        ContainerFacts facts = inspection.facts();
        if (facts.networks().isEmpty()) {
            return inspection;
        }
        List<NetworkAttachment> attachments = new ArrayList<>();
        for (NetworkAttachment attachment : facts.networks()) {
            attachments.add(attachment.withEvidence(evidence(attachment, facts, engine)));
        }
        return inspection.withFacts(facts.withNetworks(attachments));
    }

    private Evidence evidence(NetworkAttachment attachment, ContainerFacts facts, EngineClient engine)
            throws InterruptedIOException {
        Interface key = new Interface(
                attachment.networkId(),
                attachment.name(),
                attachment.ipv4().isPresent(),
                attachment.ipv6().isPresent());
        Evidence before = seen.get(key);
        if (before != null) {
            return before;
        }
        Optional<RouteEvidenceFinder> finder = finders.get();
        if (finder.isEmpty()) {
            return attachment.evidence();
        }
        // Networks of tasks exist on their nodes; only the configuration can say that they are routed.
        Optional<EngineNetwork> network = facts.node().isPresent() ? Optional.empty() : network(attachment, engine);
        Evidence found = new Evidence(
                network.map(EngineNetwork::driver).orElse(""),
                evidence(attachment.ipv4(), network, finder.get()),
                evidence(attachment.ipv6(), network, finder.get()));
        if (found.ipv4() == RouteEvidence.INTERFACE || found.ipv6() == RouteEvidence.INTERFACE) {
            seen.put(key, found);
        }
        return found;
    }

    private static RouteEvidence evidence(
            Optional<InetAddress> address, Optional<EngineNetwork> network, RouteEvidenceFinder finder) {
        return address.map(one -> finder.of(one, network)).orElse(RouteEvidence.UNKNOWN);
    }

    private Optional<EngineNetwork> network(NetworkAttachment attachment, EngineClient engine)
            throws InterruptedIOException {
        String id = attachment.networkId();
        List<EngineNetwork> known = networks;
        Optional<EngineNetwork> found = known == null ? Optional.empty() : find(known, attachment);
        if (found.isPresent() || unlisted.contains(id)) {
            return found;
        }
        try {
            List<EngineNetwork> listed = engine.networks().orElse(List.of());
            networks = listed;
            found = find(listed, attachment);
            if (found.isEmpty()) {
                unlisted.add(id);
            }
        } catch (InterruptedIOException end) {
            throw end;
        } catch (IOException failed) {
            log.debug("networks of an engine", failed);
        }
        return found;
    }

    private static Optional<EngineNetwork> find(List<EngineNetwork> networks, NetworkAttachment attachment) {
        return networks.stream()
                .filter(network -> network.is(attachment.networkId(), attachment.name()))
                .findFirst();
    }
}
