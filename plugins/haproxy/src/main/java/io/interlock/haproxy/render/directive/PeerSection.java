package io.interlock.haproxy.render.directive;

import io.interlock.haproxy.model.HaproxyFeature;
import io.interlock.haproxy.model.HaproxyVersion;
import java.util.List;

/**
 * The section {@code peers}: to whom HAProxy hands its counters of clients. A replaced worker hands them to the next
 * one.
 */
public final class PeerSection {

    /** HAProxy's name among its peers. */
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
    public static List<String> globals(RenderSettings settings) {
        return List.of("localpeer " + LOCAL);
    }

    /** The whole section. */
    public static String of(RenderSettings settings) {
        StringBuilder section = new StringBuilder("\npeers interlock\n    bind "
                + HaproxyQuoting.quote("unix@" + settings.layout().peerSocket()) + " mode "
                + settings.layout().socketMode() + "\n    server " + LOCAL + "\n");
        if (waitsForPeers(settings.version())) {
            section.append("    server " + CONTROLLER + " "
                    + HaproxyQuoting.quote("unix@" + settings.layout().controllerPeerSocket()) + "\n");
        }
        return section.toString();
    }
}
