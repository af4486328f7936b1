package io.interlock.haproxy.render.directive;

import io.interlock.haproxy.model.HaproxyFeature;
import io.interlock.haproxy.model.HaproxyVersion;
import io.interlock.haproxy.model.PeerGroup;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * The section {@code peers}: to whom HAProxy hands its counters of clients. A replaced worker hands them to the next
 * one, and instances to each other.
 */
public final class PeerSection {

    /** The name of an HAProxy without other instances. */
    public static final String LOCAL = "interlock";

    /** The controller's name among the peers. */
    public static final String CONTROLLER = "interlock.controller";

    /** End of the declaration of a table that peers share. */
    static final String SHARED = " peers interlock";

    private PeerSection() {}

    /** Whether a new HAProxy waits for seconds for the counters of others, unless a peer says that it has none. */
    public static boolean waitsForPeers(HaproxyVersion version) {
        return !version.has(HaproxyFeature.COUNTERS_AT_ONCE);
    }

    /** Whole lines for the section {@code global}. */
    public static List<String> globals(Optional<PeerGroup> peers) {
        return List.of(
                "localpeer " + peers.map(group -> group.own().getHostAddress()).orElse(LOCAL));
    }

    /** The whole section. */
    public static String of(RenderSettings settings, Optional<PeerGroup> peers) {
        return "peers interlock\n" + peers.map(PeerSection::among).orElseGet(() -> alone(settings));
    }

    /** HAProxy listens for peers in one place, so a replaced worker reaches the next one by the same port. */
    private static String among(PeerGroup group) {
        StringBuilder section = new StringBuilder("    bind " + endpoint(group.listen(), group.port()) + "\n    server "
                + group.own().getHostAddress() + "\n");
        group.others()
                .forEach(other -> section.append(
                        "    server " + other.getHostAddress() + " " + endpoint(other, group.port()) + "\n"));
        return section.toString();
    }

    private static String endpoint(InetAddress address, int port) {
        String host = address.getHostAddress();
        return (address instanceof Inet6Address ? "[" + host + "]:" : host + ":") + port;
    }

    private static String alone(RenderSettings settings) {
        StringBuilder section = new StringBuilder("    bind "
                + HaproxyQuoting.quote("unix@" + settings.layout().peerSocket()) + " mode "
                + settings.layout().socketMode() + "\n    server " + LOCAL + "\n");
        if (waitsForPeers(settings.version())) {
            section.append("    server " + CONTROLLER + " "
                    + HaproxyQuoting.quote("unix@" + settings.layout().controllerPeerSocket()) + "\n");
        }
        return section.toString();
    }
}
