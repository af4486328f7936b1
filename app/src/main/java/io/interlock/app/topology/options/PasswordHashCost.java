package io.interlock.app.topology.options;

import io.interlock.api.topology.BackendPolicy.BasicAuthentication;
import io.interlock.api.topology.BackendPolicy.BasicAuthentication.User;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cost of password hashes: the time that a usual processor takes to hash one password. A load balancer hashes a password
 * of each user when it checks and when it loads its configuration, and one for each request with credentials.
 */
public final class PasswordHashCost {

    private static final Pattern SHA = Pattern.compile("\\$[56]\\$(?:rounds=([0-9]+)\\$)?.*");
    private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$([0-9]{2})\\$.*");
    private static final long USUAL_ROUNDS = 5_000;
    /** Of yescrypt, by the parameter of its block size: 7, 8, 9. */
    private static final long[] YESCRYPT = {7_000, 16_000, 36_000};

    private PasswordHashCost() {}

    /** The sum for all users, in microseconds. */
    public static long of(BasicAuthentication policy) {
        return policy.users().stream().mapToLong(PasswordHashCost::of).sum();
    }

    private static long of(User user) {
        Matcher sha = SHA.matcher(user.hash().reveal());
        if (sha.matches()) {
            return (sha.group(1) == null ? USUAL_ROUNDS : Long.parseLong(sha.group(1))) / 2;
        }
        Matcher bcrypt = BCRYPT.matcher(user.hash().reveal());
        if (bcrypt.matches()) {
            return 80L << Integer.parseInt(bcrypt.group(1));
        }
        return YESCRYPT[user.hash().reveal().charAt("$y$j".length()) - '7'];
    }
}
