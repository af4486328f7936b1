package io.interlock.dns.rfc2136;

import io.interlock.api.SecretText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code plugins.dns-rfc2136}.
 *
 * @param server {@code HOST}, {@code HOST:PORT} or {@code [IPv6]:PORT} of the primary server of the zones; must be given
 *     if the provider is used
 * @param keyName the name of the key; without one, updates are not signed
 * @param keyAlgorithm {@code hmac-sha256}, {@code hmac-sha384}, {@code hmac-sha512}, {@code hmac-sha224},
 *     {@code hmac-sha1} or {@code hmac-md5}
 * @param keySecret the key in base64
 * @param keyFile a file with the key: in base64, or as a {@code key} clause of BIND
 * @param ttl how long others may keep the record, in seconds, 0 to 86400
 */
public record Rfc2136Config(
        Optional<String> server,
        Optional<String> keyName,
        String keyAlgorithm,
        Optional<SecretText> keySecret,
        Optional<Path> keyFile,
        Integer ttl) {

    private static final int USUAL_TTL = 60;
    private static final int MOST_TTL = 86_400;
    private static final int DNS_PORT = 53;
    private static final int HIGHEST_PORT = 65_535;
    private static final long LARGEST_FILE = 10_000;
    private static final Set<String> ALGORITHMS =
            Set.of("hmac-md5", "hmac-sha1", "hmac-sha224", "hmac-sha256", "hmac-sha384", "hmac-sha512");
    private static final Pattern SERVER =
            Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([A-Za-z0-9_.-]+))(?::([0-9]{1,5}))?");
    private static final Pattern KEY_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,252}");
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9+/]{8,1000}={0,2}");
    private static final Pattern CLAUSE = Pattern.compile("secret\\s+\"?([^\";\\s]+)\"?\\s*;");

    /**
     * Sets defaults for keys that the section omits.
     *
     * @throws IllegalArgumentException if a value is not valid, or two do not fit together
     */
    public Rfc2136Config(
            Optional<String> server,
            Optional<String> keyName,
            @Nullable String keyAlgorithm,
            Optional<SecretText> keySecret,
            Optional<Path> keyFile,
            @Nullable Integer ttl) {
        this.server = server;
        this.keyName = keyName;
        this.keyAlgorithm = keyAlgorithm == null ? "hmac-sha256" : keyAlgorithm;
        this.keySecret = keySecret;
        this.keyFile = keyFile;
        this.ttl = ttl == null ? USUAL_TTL : ttl;
        require(
                server.isEmpty() || port(server.get()) > 0,
                "server is \"" + server.orElse("") + "\", expected HOST, HOST:PORT or [IPv6]:PORT");
        require(
                keyName.isEmpty() || KEY_NAME.matcher(keyName.get()).matches(),
                "key_name is not the name of a key: " + keyName.orElse(""));
        require(
                ALGORITHMS.contains(this.keyAlgorithm),
                "key_algorithm is \"" + keyAlgorithm + "\", expected one of "
                        + ALGORITHMS.stream().sorted().toList());
        require(
                keySecret.isEmpty() || isSecret(keySecret.get().reveal()),
                "key_secret is not a key in base64, as tsig-keygen writes it");
        require(this.ttl >= 0 && this.ttl <= MOST_TTL, "ttl is " + ttl + ", expected 0 to " + MOST_TTL);
        require(keySecret.isEmpty() || keyFile.isEmpty(), "key_secret and key_file are both there: give one of them");
        require(
                keyName.isPresent() == (keySecret.isPresent() || keyFile.isPresent()),
                "key_name needs key_secret or key_file beside it, and they need key_name");
    }

    private static void require(boolean isGood, String message) {
        if (!isGood) {
            throw new IllegalArgumentException(message);
        }
    }

    private static boolean isSecret(String text) {
        try {
            return SECRET.matcher(text).matches() && Base64.getDecoder().decode(text).length > 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The port of a server; 0 if the text is none. */
    private static int port(String server) {
        Matcher parts = SERVER.matcher(server);
        if (!parts.matches()) {
            return 0;
        }
        int port = parts.group(3) == null ? DNS_PORT : Integer.parseInt(parts.group(3));
        return port <= HIGHEST_PORT ? port : 0;
    }

    /** The name or address of the server. */
    static String host(String server) {
        Matcher parts = SERVER.matcher(server);
        return !parts.matches() ? server : parts.group(1) == null ? parts.group(2) : parts.group(1);
    }

    /** The port of the server, which must be given. */
    int serverPort() {
        return port(server.orElseThrow());
    }

    /**
     * The secret of the key in base64.
     *
     * @throws IOException if its file cannot be read or holds none
     */
    String secret() throws IOException {
        if (keySecret.isPresent()) {
            return keySecret.get().reveal();
        }
        Path file = keyFile.orElseThrow();
        if (!Files.isReadable(file) || Files.size(file) > LARGEST_FILE) {
            throw new IOException("key_file " + file + " cannot be read, or is too large");
        }
        String text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
        Matcher clause = CLAUSE.matcher(text);
        String secret = clause.find() ? clause.group(1) : text;
        if (!isSecret(secret)) {
            throw new IOException("key_file " + file + " holds no key in base64");
        }
        return secret;
    }
}
