package io.interlock.systemtests.migration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Eight running containers with labels or variables for another proxy, and that proxy with a configuration as it would make
 * from them.
 *
 * @param dialect name of the dialect
 * @param plugin section of the dialect's plugin
 * @param chat host of an application with WebSockets
 * @param requests what clients ask for, and what they must get
 * @param program the other proxy
 * @param configuration its configuration, with {@code PORT} for its port
 * @param planted part of the configuration, and what stands there instead in one that answers one request differently
 */
record ComposeProject(
        String dialect,
        ObjectNode plugin,
        String chat,
        List<ProjectRequest> requests,
        OtherProxyProcess.Program program,
        String configuration,
        List<String> planted) {

    /** Bcrypt hash of the password {@code secret}, with a cost of 5. */
    static final String HASH = "$2y$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a";

    /** Header line of a request by {@code alice} with this password. */
    static final String CREDENTIALS = "Authorization: Basic YWxpY2U6c2VjcmV0";

    ComposeProject {
        requests = List.copyOf(requests);
        planted = List.copyOf(planted);
    }

    String configuration(int port) {
        return configuration.replace("PORT", Integer.toString(port));
    }

    /** Returns the configuration with one header that the labels do not ask for. */
    String configurationWithDifference(int port) {
        return configuration(port).replace(planted.get(0), planted.get(1));
    }
}
