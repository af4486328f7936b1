package io.interlock.stats;

import io.interlock.api.SecretText;
import io.interlock.stats.webhook.WebhookDispatcher;
import io.interlock.util.IpLiteral;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code plugins.stats}. Every key is optional; docs/statistics.md lists them.
 *
 * @param bind the IP address to listen on; loopback unless given
 * @param port the TCP port to listen on, 0 to 65535; 0: any that is free
 * @param user the user who may read the statistics; empty: everybody
 * @param password that user's
 * @param tlsCert the listener's certificate with its chain, PEM; empty: no TLS
 * @param tlsKey its private key, PKCS#8 in PEM, not encrypted
 * @param allowUnprotected whether to listen beyond loopback with neither a password nor TLS
 * @param interval milliseconds between two snapshots while nothing changes, 1000 to 3600000
 * @param maxConnections the limit of open connections, 1 to 10000
 * @param maxConnectionsPerClient the limit for an IPv4 address or an IPv6 network of 64 bits; 0: none
 * @param graphite where to send figures of containers; empty: nowhere
 * @param webhooks programs that are told when problems begin and end; at most 10
 */
public record StatsConfig(
        Optional<String> bind,
        Integer port,
        Optional<String> user,
        Optional<SecretText> password,
        Optional<Path> tlsCert,
        Optional<Path> tlsKey,
        Boolean allowUnprotected,
        Integer interval,
        Integer maxConnections,
        Integer maxConnectionsPerClient,
        Optional<Graphite> graphite,
        List<Webhook> webhooks) {

    private static final int USUAL_PORT = 9101;
    private static final int MOST_PORT = 65_535;
    private static final int USUAL_INTERVAL = 5_000;
    private static final int LEAST_INTERVAL = 1_000;
    private static final int MOST_INTERVAL = 3_600_000;
    private static final int USUAL_CONNECTIONS = 256;
    private static final int USUAL_PER_CLIENT = 64;
    private static final int MAX_CONNECTIONS = 10_000;
    private static final int MOST_WEBHOOKS = 10;

    /**
     * Sets defaults for keys that the section omits.
     *
     * @throws IllegalArgumentException if a value is out of its range, or two do not fit together
     */
    public StatsConfig(
            Optional<String> bind,
            @Nullable Integer port,
            Optional<String> user,
            Optional<SecretText> password,
            Optional<Path> tlsCert,
            Optional<Path> tlsKey,
            @Nullable Boolean allowUnprotected,
            @Nullable Integer interval,
            @Nullable Integer maxConnections,
            @Nullable Integer maxConnectionsPerClient,
            Optional<Graphite> graphite,
            @Nullable List<Webhook> webhooks) {
        this.bind = bind;
        this.port = inRange("port", port, USUAL_PORT, 0, MOST_PORT);
        this.user = user.filter(text -> !text.isEmpty());
        this.password = password.filter(text -> !text.reveal().isEmpty());
        this.tlsCert = tlsCert;
        this.tlsKey = tlsKey;
        this.allowUnprotected = allowUnprotected != null && allowUnprotected;
        this.interval = inRange("interval", interval, USUAL_INTERVAL, LEAST_INTERVAL, MOST_INTERVAL);
        this.maxConnections = inRange("max_connections", maxConnections, USUAL_CONNECTIONS, 1, MAX_CONNECTIONS);
        this.maxConnectionsPerClient =
                inRange("max_connections_per_client", maxConnectionsPerClient, USUAL_PER_CLIENT, 0, MAX_CONNECTIONS);
        this.graphite = graphite;
        this.webhooks = webhooks == null ? List.of() : List.copyOf(webhooks);
        if (this.webhooks.size() > MOST_WEBHOOKS) {
            throw new IllegalArgumentException(
                    "webhooks has " + this.webhooks.size() + " elements, expected at most " + MOST_WEBHOOKS);
        }
        requireBoth("user", this.user.isPresent(), "password", this.password.isPresent());
        requireBoth("tls_cert", tlsCert.isPresent(), "tls_key", tlsKey.isPresent());
        boolean isProtected = this.user.isPresent() || tlsCert.isPresent() || this.allowUnprotected;
        if (!bindAddress().isLoopbackAddress() && !isProtected) {
            throw new IllegalArgumentException("bind is " + bind.orElse("")
                    + ", where others than this machine can look: give user and password, or tls_cert and tls_key, or"
                    + " say \"allow_unprotected\": true");
        }
    }

    /**
     * Target for figures of containers, in the form of Carbon's plaintext protocol.
     *
     * @param address {@code HOST:PORT}, {@code HOST} or {@code [IPv6]:PORT}; the port is 2003 unless given
     * @param prefix the beginning of every name
     * @param interval milliseconds between two readings, 1000 to 3600000
     * @param images a regular expression; only containers whose image name it matches are included
     */
    public record Graphite(String address, String prefix, Integer interval, String images) {

        private static final int CARBON_PORT = 2003;
        private static final int USUAL_READING = 10_000;
        private static final Pattern TARGET = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9_.-]+)(?::(\\d{1,5}))?");
        private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*");

        /**
         * Sets defaults for keys that the section omits.
         *
         * @throws IllegalArgumentException if a value is not valid
         */
        public Graphite(
                @Nullable String address,
                @Nullable String prefix,
                @Nullable Integer interval,
                @Nullable String images) {
            if (address == null || !TARGET.matcher(address).matches()) {
                throw new IllegalArgumentException("graphite.address is "
                        + (address == null ? "missing" : "\"" + address + "\"") + ", expected HOST:PORT");
            }
            this.address = address;
            this.prefix = prefix == null ? "docker.stats" : prefix;
            if (!PREFIX.matcher(this.prefix).matches()) {
                throw new IllegalArgumentException(
                        "graphite.prefix is \"" + prefix + "\", expected words of letters, digits, _ and - with dots");
            }
            this.interval = inRange("graphite.interval", interval, USUAL_READING, LEAST_INTERVAL, MOST_INTERVAL);
            this.images = images == null ? ".*" : images;
            imagePattern();
        }

        /** The host's name or address. */
        public String host() {
            Matcher target = TARGET.matcher(address);
            return target.matches() ? target.group(1).replaceAll("[\\[\\]]", "") : address;
        }

        /** The TCP port. */
        public int targetPort() {
            Matcher target = TARGET.matcher(address);
            return target.matches() && target.group(2) != null ? Integer.parseInt(target.group(2)) : CARBON_PORT;
        }

        /** The pattern of the images whose containers are included. */
        public Pattern imagePattern() {
            try {
                return Pattern.compile(images);
            } catch (PatternSyntaxException e) {
                throw new IllegalArgumentException(
                        "graphite.images is no regular expression: " + e.getDescription() + " at " + e.getIndex(), e);
            }
        }

        Duration readingInterval() {
            return Duration.ofMillis(interval);
        }
    }

    /**
     * Program that is told when problems begin and end.
     *
     * @param url {@code http://} or {@code https://}; may have a secret in it, so it is never shown whole
     * @param secret the key of the signature; empty: requests are not signed
     */
    public record Webhook(SecretText url, Optional<SecretText> secret) {

        private static final int LEAST_SECRET = 16;
        private static final String EXPECTED = "expected http://HOST/PATH or https://HOST/PATH";

        /**
         * Checks the keys.
         *
         * @throws IllegalArgumentException if a value is not valid; the message does not have it
         */
        public Webhook(@Nullable SecretText url, Optional<SecretText> secret) {
            if (url == null) {
                throw new IllegalArgumentException("webhooks.url is missing, " + EXPECTED);
            }
            this.url = url;
            this.secret = secret;
            target();
            if (secret.filter(key -> key.reveal().length() < LEAST_SECRET).isPresent()) {
                throw new IllegalArgumentException(
                        "webhooks.secret is too short, expected at least " + LEAST_SECRET + " characters");
            }
        }

        WebhookDispatcher.Target target() {
            try {
                URI address = new URI(url.reveal());
                if (List.of("http", "https").contains(String.valueOf(address.getScheme()))
                        && address.getHost() != null
                        && address.getUserInfo() == null
                        && address.getFragment() == null) {
                    return new WebhookDispatcher.Target(address, secret);
                }
            } catch (URISyntaxException e) {
                // Its message has the text.
            }
            throw new IllegalArgumentException("webhooks.url is no address of a web hook, " + EXPECTED);
        }
    }

    InetSocketAddress listenAddress() {
        return new InetSocketAddress(bindAddress(), port);
    }

    Duration snapshotInterval() {
        return Duration.ofMillis(interval);
    }

    private InetAddress bindAddress() {
        return bind.map(text -> IpLiteral.parse(text)
                        .orElseThrow(() -> new IllegalArgumentException("bind is no IP address: " + text)))
                .orElseGet(InetAddress::getLoopbackAddress);
    }

    private static void requireBoth(String one, boolean hasOne, String other, boolean hasOther) {
        if (hasOne != hasOther) {
            throw new IllegalArgumentException(
                    (hasOne ? other : one) + " is missing: " + one + " and " + other + " need each other");
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
}
