package io.interlock.haproxy.model;

import io.interlock.util.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Paths of HAProxy's files, except the configuration and the pid file. All are in one folder that belongs to the
 * plugin.
 *
 * @param directory absolute; its path appears in HAProxy's configuration and in socket addresses
 * @param socketMode the permissions of the sockets, in the notation of {@code chmod}
 */
public record HaproxyPaths(Path directory, String socketMode) {

    /** Maximum length in bytes. HAProxy binds {@code PATH.PID.tmp} first, and the kernel accepts 107 bytes. */
    private static final int LONGEST_SOCKET_PATH = 90;

    private static final String PRIVATE = "600";
    private static final String SHARED = "660";
    private static final Pattern PLAIN_PATH = Pattern.compile("/[A-Za-z0-9_./@+=~-]*");

    /**
     * @throws IllegalArgumentException if the path is too long for a socket, or contains characters with a meaning in
     *     HAProxy's configuration
     */
    public HaproxyPaths {
        if (!PLAIN_PATH.matcher(directory.toString()).matches()) {
            throw new IllegalArgumentException("the data folder " + directory
                    + " cannot stand in HAProxy's configuration; choose an absolute path of letters, digits and _ . - @ + = ~"
                    + " with data_dir (shared_dir in external mode)");
        }
        int length = directory.resolve("master.sock").toString().getBytes(StandardCharsets.UTF_8).length;
        if (length > LONGEST_SOCKET_PATH) {
            throw new IllegalArgumentException(
                    "the data folder " + directory + " is " + (length - LONGEST_SOCKET_PATH)
                            + " bytes too long for the sockets in it; choose a shorter path with data_dir (shared_dir in external mode)");
        }
    }

    /** Creates paths with sockets for the user of the service only. */
    public HaproxyPaths(Path directory) {
        this(directory, PRIVATE);
    }

    /** Creates paths with sockets for the user and the group. */
    public static HaproxyPaths shared(Path directory) {
        return new HaproxyPaths(directory, SHARED);
    }

    /** Socket of the worker: HAProxy's Runtime API. */
    public Path adminSocket() {
        return directory.resolve("admin.sock");
    }

    /** Socket at which HAProxy answers whether it runs. */
    public Path healthSocket() {
        return directory.resolve("health.sock");
    }

    /** Socket at which a replaced worker hands its counters of clients to the next one. */
    public Path peerSocket() {
        return directory.resolve("peers.sock");
    }

    /** Socket of the controller as a peer, at which nobody listens. */
    public Path controllerPeerSocket() {
        return directory.resolve("controller-peer.sock");
    }

    /** Socket at which HAProxy passes its own questions on to servers that authenticate. */
    public Path authSocket() {
        return directory.resolve("auth.sock");
    }

    /** File of a Lua script. Different texts have different files. */
    public Path script(String text) {
        return directory.resolve("forward-auth." + Sha256.nameOf(text) + ".lua");
    }

    /** Socket of the master, mainly for the command {@code reload}. */
    public Path masterSocket() {
        return directory.resolve("master.sock");
    }

    /** File that tells the worker of a reload which servers are down. */
    public Path serverStates() {
        return directory.resolve("server-states");
    }

    /** File that tells the next controller which configuration the worker has loaded. */
    public Path loaded() {
        return directory.resolve("loaded");
    }

    /** File that tells the next controller which line of the log of requests was read last. */
    public Path accessLogPosition() {
        return directory.resolve("access-log.position");
    }

    /** File with HAProxy's output. */
    public Path log() {
        return directory.resolve("haproxy.log");
    }

    /** List of the certificates of the HTTPS listener. */
    public Path certificateList() {
        return directory.resolve("certificates.list");
    }

    /** Folder of the certificates with their keys. */
    public Path certificates() {
        return directory.resolve("certificates");
    }

    /** File of the certificate authorities of clients. Different texts have different files. */
    public Path clientAuthorities(String pem) {
        return directory.resolve("client-authorities." + Sha256.nameOf(pem) + ".pem");
    }

    /** File of the map. */
    public Path map(HaproxyMap map) {
        return directory.resolve(
                switch (map) {
                    case HOSTS -> "hosts.map";
                    case WILDCARDS -> "wildcards.map";
                    case PATHS -> "paths.map";
                    case TCP -> "tcp.map";
                    case CHECKS -> "checks.map";
                    case NAMES -> "names.map";
                    case CHALLENGES -> "challenges.map";
                });
    }
}
