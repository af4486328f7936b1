package io.interlock.api.topology;

import io.interlock.api.Experimental;
import java.util.regex.Pattern;

/**
 * Answer to the request by which a certificate authority checks who controls a host name (RFC 8555, HTTP-01). The
 * request comes over plain HTTP, for {@code /.well-known/acme-challenge/TOKEN} at any host name.
 *
 * @param token 1 to 256 letters, digits, {@code _} and {@code -}
 * @param answer the whole body of the answer: 1 to 512 letters, digits and {@code _ - .}
 */
@Experimental
public record AcmeChallenge(String token, String answer) implements Comparable<AcmeChallenge> {

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{1,256}");
    private static final Pattern ANSWER = Pattern.compile("[A-Za-z0-9_.-]{1,512}");

    /** @throws IllegalArgumentException if a value has other characters */
    public AcmeChallenge {
        if (!TOKEN.matcher(token).matches() || !ANSWER.matcher(answer).matches()) {
            throw new IllegalArgumentException("not a challenge: " + QuotedText.quoted(token));
        }
    }

    @Override
    public int compareTo(AcmeChallenge other) {
        return token.compareTo(other.token);
    }
}
