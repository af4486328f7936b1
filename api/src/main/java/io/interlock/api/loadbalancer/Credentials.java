package io.interlock.api.loadbalancer;

import io.interlock.api.SecretText;
import java.util.regex.Pattern;

/**
 * User name and password.
 *
 * @param user 1 to 64 printable ASCII characters without blanks or colon
 * @param password 1 to 256 printable ASCII characters
 */
public record Credentials(String user, SecretText password) {

    private static final Pattern USER = Pattern.compile("[!-9;-~]{1,64}");
    private static final Pattern PASSWORD = Pattern.compile("[ -~]{1,256}");

    /**
     * @throws IllegalArgumentException if one of them does not match its description; the message does not contain the
     *     password
     */
    public Credentials {
        if (!USER.matcher(user).matches()) {
            throw new IllegalArgumentException(
                    "not a user name, expected 1 to 64 printable ASCII characters without blanks or colon");
        }
        if (!PASSWORD.matcher(password.reveal()).matches()) {
            throw new IllegalArgumentException("not a password, expected 1 to 256 printable ASCII characters");
        }
    }

    /** Creates credentials from texts. */
    public Credentials(String user, String password) {
        this(user, SecretText.of(password));
    }
}
