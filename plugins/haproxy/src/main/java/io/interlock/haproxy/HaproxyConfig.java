package io.interlock.haproxy;

import io.interlock.api.topology.AuthServerAddress;
import io.interlock.haproxy.peers.InstanceResolver;
import io.interlock.haproxy.render.directive.HeaderSpace;
import io.interlock.haproxy.render.directive.RenderSettings;
import io.interlock.util.IpLiteral;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Section {@code plugins.haproxy} of the configuration file. Every key is optional; docs/haproxy.md lists them. Times
 * are whole milliseconds.
 *
 * @param binary HAProxy's program; empty: searched for
 * @param templatePath the operator's template of the configuration; empty: the built-in one
 * @param bind the IP address to listen on; empty: all, IPv4 and IPv6
 * @param threads of each worker, 1 to 64
 * @param connectTryTimeout the maximum time of one attempt to connect to a server; the general {@code connect_timeout}
 *     applies if that is less
 * @param spareBackends the minimum number of empty backends that are declared in advance, so that new virtual hosts
 *     need no reload; 0: none
 * @param waitForServer how long a request may wait while its virtual host has no server; 0: not at all
 * @param reloadTimeout the maximum time of a check, and of a start or reload until its proof, each
 * @param hardStopAfter how long a replaced worker may live for its remaining connections
 * @param stopTimeout how long requests in flight may take when Interlock ends
 * @param reloadInterval the minimum time from one reload to the next
 * @param mode {@code managed}: Interlock starts and ends HAProxy; {@code external}: another program does
 * @param sharedDir in external mode: the folder that HAProxy sees at the same path
 * @param sharedGroup in external mode: the group that may use the folder in addition to its owner, by name or number
 * @param connectionsPerClient the maximum number of connections of one client; 0: no limit; empty: half of all
 * @param maxHeaderSize the maximum size of the head of a request or response, in bytes
 * @param ipv6ClientPrefix the bits of an IPv6 address that tell clients apart, 1 to 128
 * @param instances the addresses of all Interlocks that share counters of clients, or names that lead to them
 * @param instance the address of this one; empty: the one of them that this host has
 * @param instancesPort the port at which their HAProxys talk to each other
 * @param authServers the URLs of servers that authenticate requests, by the names under which containers choose them
 * @param authTimeout the maximum time until such a server has answered
 */
public record HaproxyConfig(
        Optional<Path> binary,
        Optional<Path> templatePath,
        Optional<String> bind,
        Integer threads,
        Integer connectTryTimeout,
        Integer spareBackends,
        Integer waitForServer,
        Integer reloadTimeout,
        Integer hardStopAfter,
        Integer stopTimeout,
        Integer reloadInterval,
        Optional<String> mode,
        Optional<Path> sharedDir,
        Optional<String> sharedGroup,
        Optional<Integer> connectionsPerClient,
        Integer maxHeaderSize,
        Integer ipv6ClientPrefix,
        List<String> instances,
        Optional<String> instance,
        Integer instancesPort,
        Map<String, String> authServers,
        Integer authTimeout) {

    /** More threads gain little on one host, and each costs memory for every server. */
    private static final int USUAL_THREADS = 4;

    private static final int MOST_THREADS = 64;
    /** A server on this machine or next to it answers within a few milliseconds, or not at all. */
    private static final int USUAL_CONNECT_TRY = 250;

    private static final int USUAL_SPARE_BACKENDS = 64;
    private static final int MOST_SPARE_BACKENDS = 10_000;
    /** A small container restarts within a second. */
    private static final int USUAL_WAIT = 10_000;

    private static final int LONGEST_WAIT = 60_000;
    private static final int USUAL_RELOAD_TIMEOUT = 20_000;
    private static final int USUAL_HARD_STOP_AFTER = 4 * 3_600_000;
    /** Below the ten seconds after which {@code docker stop} kills. */
    private static final int USUAL_STOP_TIMEOUT = 8_000;

    private static final int USUAL_RELOAD_INTERVAL = 500;

    private static final int MOST_CONNECTIONS_PER_CLIENT = 1_000_000;

    private static final int MOST_HEADER_SIZE = 1 << 20;

    private static final int IPV6_BITS = 128;

    private static final int USUAL_INSTANCES_PORT = 9102;
    private static final int MOST_PORT = 65_535;
    /** People wait meanwhile. */
    private static final int USUAL_AUTH_TIMEOUT = 5_000;

    private static final int MOST_AUTH_TIMEOUT = 60_000;

    private static final String MANAGED = "managed";
    private static final String EXTERNAL = "external";
    private static final Pattern AUTH_SERVER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");
    private static final Pattern GROUP = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,31}");

    private static final int DAY = 86_400_000;

    /** Configuration with all defaults. */
    public static final HaproxyConfig DEFAULTS = new HaproxyConfig(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            null,
            null,
            null,
            Optional.empty(),
            null,
            null,
            null);

    /**
     * Applies defaults where the section has no value.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public HaproxyConfig(
            Optional<Path> binary,
            Optional<Path> templatePath,
            Optional<String> bind,
            @Nullable Integer threads,
            @Nullable Integer connectTryTimeout,
            @Nullable Integer spareBackends,
            @Nullable Integer waitForServer,
            @Nullable Integer reloadTimeout,
            @Nullable Integer hardStopAfter,
            @Nullable Integer stopTimeout,
            @Nullable Integer reloadInterval,
            Optional<String> mode,
            Optional<Path> sharedDir,
            Optional<String> sharedGroup,
            Optional<Integer> connectionsPerClient,
            @Nullable Integer maxHeaderSize,
            @Nullable Integer ipv6ClientPrefix,
            @Nullable List<@Nullable String> instances,
            Optional<String> instance,
            @Nullable Integer instancesPort,
            @Nullable Map<String, @Nullable String> authServers,
            @Nullable Integer authTimeout) {
        this.binary = binary;
        this.templatePath = templatePath;
        this.bind = bind;
        bind.ifPresent(HaproxyConfig::address);
        int cores = Runtime.getRuntime().availableProcessors();
        this.threads = inRange("threads", threads, Math.min(cores, USUAL_THREADS), 1, MOST_THREADS);
        this.connectTryTimeout = inRange("connect_try_timeout", connectTryTimeout, USUAL_CONNECT_TRY, 10, DAY);
        this.spareBackends = inRange("spare_backends", spareBackends, USUAL_SPARE_BACKENDS, 0, MOST_SPARE_BACKENDS);
        this.waitForServer = inRange("wait_for_server", waitForServer, USUAL_WAIT, 0, LONGEST_WAIT);
        this.reloadTimeout = inRange("reload_timeout", reloadTimeout, USUAL_RELOAD_TIMEOUT, 100, DAY);
        this.hardStopAfter = inRange("hard_stop_after", hardStopAfter, USUAL_HARD_STOP_AFTER, 1_000, DAY);
        this.stopTimeout = inRange("stop_timeout", stopTimeout, USUAL_STOP_TIMEOUT, 0, DAY);
        this.reloadInterval = inRange("reload_interval", reloadInterval, USUAL_RELOAD_INTERVAL, 0, DAY);
        this.mode = mode;
        this.sharedDir = sharedDir;
        this.sharedGroup = sharedGroup;
        this.connectionsPerClient = connectionsPerClient;
        connectionsPerClient.ifPresent(
                value -> inRange("connections_per_client", value, value, 0, MOST_CONNECTIONS_PER_CLIENT));
        this.maxHeaderSize = inRange(
                "max_header_size", maxHeaderSize, HeaderSpace.USUAL_HEAD, HeaderSpace.USUAL_HEAD, MOST_HEADER_SIZE);
        this.ipv6ClientPrefix =
                inRange("ipv6_client_prefix", ipv6ClientPrefix, RenderSettings.USUAL_CLIENT_PREFIX, 1, IPV6_BITS);
        this.instancesPort = inRange("instances_port", instancesPort, USUAL_INSTANCES_PORT, 1, MOST_PORT);
        this.instance = instance;
        List<@Nullable String> named = instances == null ? List.of() : instances;
        new InstanceResolver(named, instance, this.instancesPort);
        this.instances = List.copyOf(named);
        Map<String, @Nullable String> servers = authServers == null ? Map.of() : authServers;
        servers.forEach(HaproxyConfig::authServer);
        this.authServers = Map.copyOf(servers);
        this.authTimeout = inRange("auth_timeout", authTimeout, USUAL_AUTH_TIMEOUT, 100, MOST_AUTH_TIMEOUT);
        mode.filter(name -> !name.equals(MANAGED) && !name.equals(EXTERNAL)).ifPresent(name -> {
            throw new IllegalArgumentException("mode is \"" + name + "\", expected \"managed\" or \"external\"");
        });
        if (isExternal() && sharedDir.isEmpty()) {
            throw new IllegalArgumentException("shared_dir is missing, which mode \"external\" needs");
        }
        if (!isExternal() && (sharedDir.isPresent() || sharedGroup.isPresent())) {
            throw new IllegalArgumentException("shared_dir and shared_group are for mode \"external\" only");
        }
        sharedGroup.filter(name -> !GROUP.matcher(name).matches()).ifPresent(name -> {
            throw new IllegalArgumentException("shared_group is \"" + name + "\", expected a group's name or number");
        });
    }

    /** Whether another program starts and ends HAProxy. */
    boolean isExternal() {
        return mode.filter(EXTERNAL::equals).isPresent();
    }

    Duration reloadPause() {
        return Duration.ofMillis(reloadInterval);
    }

    /** The address to listen on; empty: all. */
    Optional<InetAddress> bindAddress() {
        return bind.map(HaproxyConfig::address);
    }

    InstanceResolver instanceResolver() {
        return new InstanceResolver(instances, instance, instancesPort);
    }

    /** The maximum time of one attempt to connect, if all attempts together may take the given time. */
    Duration connectTryTime(Duration connectTimeout) {
        Duration once = Duration.ofMillis(connectTryTimeout);
        return once.compareTo(connectTimeout) < 0 ? once : connectTimeout;
    }

    Duration waitTime() {
        return Duration.ofMillis(waitForServer);
    }

    Duration reloadTime() {
        return Duration.ofMillis(reloadTimeout);
    }

    Duration hardStopTime() {
        return Duration.ofMillis(hardStopAfter);
    }

    Duration stopTime() {
        return Duration.ofMillis(stopTimeout);
    }

    /** The servers that authenticate requests, by name. */
    Map<String, AuthServerAddress> authServerAddresses() {
        return authServers.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, server -> authServer(server.getKey(), server.getValue())));
    }

    private static AuthServerAddress authServer(String name, @Nullable String url) {
        if (!AUTH_SERVER.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "auth_servers has the name \"" + name + "\", expected letters, digits, _ and -, at most 64");
        }
        try {
            return AuthServerAddress.of(url == null ? "null" : url);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("auth_servers." + name + " is " + e.getMessage(), e);
        }
    }

    private static int inRange(String key, @Nullable Integer value, int usual, int least, int most) {
        if (value == null) {
            return usual;
        }
        if (value < least || value > most) {
            throw new IllegalArgumentException(key + " is " + value + ", expected " + least + " to " + most);
        }
        return value;
    }

    private static InetAddress address(String text) {
        return IpLiteral.parse(text).orElseThrow(() -> new IllegalArgumentException("bind is no IP address: " + text));
    }
}
