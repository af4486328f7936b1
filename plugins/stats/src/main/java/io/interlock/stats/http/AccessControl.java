package io.interlock.stats.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Decides who may read the statistics. With an account: clients that send its credentials, unless they
 * have sent too many wrong ones. Without one, on a loopback
 * listener: requests that address this machine by one of its own names. A web page whose own name resolves to this
 * machine must not get an answer.
 */
public final class AccessControl {

    private static final Pattern THIS_MACHINE =
            Pattern.compile("(?:localhost|127(?:\\.\\d{1,3}){3}|\\[::1])(?::\\d{1,5})?");

    private final Optional<byte[]> credentials;
    private final boolean loopback;
    private final FailedLoginLimiter logins = new FailedLoginLimiter(System::nanoTime);

    private AccessControl(Optional<byte[]> credentials, boolean loopback) {
        this.credentials = credentials;
        this.loopback = loopback;
    }

    /** Admits only clients that send these credentials. */
    public static AccessControl account(String user, String password) {
        return new AccessControl(Optional.of((user + ":" + password).getBytes(StandardCharsets.UTF_8)), false);
    }

    /**
     * Admits all clients that can connect.
     *
     * @param loopback whether only this machine can connect
     */
    public static AccessControl open(boolean loopback) {
        return new AccessControl(Optional.empty(), loopback);
    }

    /** The answer that refuses a request; empty if the request is admitted. */
    Optional<StatsHttpResponse> refuse(StatsHttpRequest request) {
        if (credentials.isPresent()) {
            Optional<String> given = request.header("Authorization");
            if (given.isPresent() && !logins.admits(request.client())) {
                return Optional.of(StatsHttpResponse.text(
                        429, "Too many wrong passwords from your address; try again in a minute."));
            }
            if (given.isPresent() && isKnown(given.get(), credentials.get())) {
                return Optional.empty();
            }
            if (given.isPresent()) {
                logins.recordFailure(request.client());
            }
            request.header("WWW-Authenticate", "Basic realm=\"Interlock\", charset=\"UTF-8\"");
            return Optional.of(
                    StatsHttpResponse.text(401, "Give the user and the password of Interlock's statistics."));
        }
        String host = request.header("Host").orElse("");
        return !loopback || THIS_MACHINE.matcher(host).matches()
                ? Optional.empty()
                : Optional.of(
                        StatsHttpResponse.text(421, "Ask for localhost: this listener is for this machine alone."));
    }

    private static boolean isKnown(String header, byte[] expected) {
        if (!header.regionMatches(true, 0, "Basic ", 0, 6)) {
            return false;
        }
        try {
            return MessageDigest.isEqual(
                    Base64.getDecoder().decode(header.substring(6).strip()), expected);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
