package io.interlock.haproxy.model;

import io.interlock.util.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Where the plugin keeps what belongs to HAProxy besides its configuration and pid file: all in one folder of its own.
 *
 * @param directory absolute; its path goes into HAProxy's configuration and into socket addresses
 * @param socketMode who may use the sockets, as {@code chmod} takes it
 */
public record HaproxyPaths(Path directory, String socketMode) {

    /** HAProxy binds {@code PATH.PID.tmp} first, and the kernel takes 107 bytes. */
    private static final int LONGEST_SOCKET_PATH = 90;

    private static final String PRIVATE = "600";
    private static final String SHARED = "660";
    private static final Pattern PLAIN_PATH = Pattern.compile("/[A-Za-z0-9_./@+=~-]*");

    /**
     * @throws IllegalArgumentException if the path is too long for a socket, or holds characters that mean something in
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

    /** For the service's user alone. */
    public HaproxyPaths(Path directory) {
        this(directory, PRIVATE);
    }

    /** For a group too. */
    public static HaproxyPaths shared(Path directory) {
        return new HaproxyPaths(directory, SHARED);
    }

    /** Takes commands for the worker: HAProxy's Runtime API. */
    public Path adminSocket() {
        return directory.resolve("admin.sock");
    }

    /** Takes commands for the master, {@code reload} above all. */
    public Path masterSocket() {
        return directory.resolve("master.sock");
    }

    /** Which servers are down, for the worker that a reload starts. */
    public Path serverStates() {
        return directory.resolve("server-states");
    }

    /** What the worker has loaded, for the next controller. */
    public Path loaded() {
        return directory.resolve("loaded");
    }

    /** What HAProxy prints. */
    public Path log() {
        return directory.resolve("haproxy.log");
    }

    /** The list of certificates that the HTTPS listener shows. */
    public Path certificateList() {
        return directory.resolve("certificates.list");
    }

    /** The folder of certificates with their keys. */
    public Path certificates() {
        return directory.resolve("certificates");
    }

    /** The file of those who vouch for clients: another one for another text. */
    public Path clientAuthorities(String pem) {
        return directory.resolve("client-authorities." + Sha256.nameOf(pem) + ".pem");
    }

    /** The file of a map. */
    public Path map(HaproxyMap map) {
        return directory.resolve(
                switch (map) {
                    case HOSTS -> "hosts.map";
                    case WILDCARDS -> "wildcards.map";
                    case PATHS -> "paths.map";
                    case TCP -> "tcp.map";
                    case CHECKS -> "checks.map";
                    case CHALLENGES -> "challenges.map";
                });
    }
}
