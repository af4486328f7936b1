package io.interlock.app.acme;

import io.interlock.app.acme.IssuanceException.Cause;
import io.interlock.app.acme.connection.AuthorityConnection;
import io.interlock.util.ErrorMessages;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.shredzone.acme4j.Problem;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeRateLimitedException;
import org.shredzone.acme4j.exception.AcmeServerException;

/** Maps failures of the library, and problems that an authority reports (RFC 8555, 6.7), to causes and advice. Pure. */
final class AcmeErrorMapper {

    private static final String REACHABLE =
            "the certificate authority must reach this host name at port 80 of this machine";
    private static final String PUBLIC_NAME = "the host name must lead to this machine in the public DNS";
    private static final String ACCOUNT =
            "no action is needed if the next attempt succeeds: it creates the account anew";
    private static final Map<String, String> ADVICE = Map.ofEntries(
            Map.entry("connection", REACHABLE),
            Map.entry("incorrectResponse", REACHABLE),
            Map.entry("unauthorized", REACHABLE),
            Map.entry("tls", REACHABLE),
            Map.entry("dns", PUBLIC_NAME),
            Map.entry("caa", "the CAA record of the domain must permit this certificate authority"),
            Map.entry("rateLimited", "wait: the certificate authority limits how many certificates are ordered"),
            Map.entry(
                    "rejectedIdentifier",
                    "this certificate authority issues no certificate for this name; put one into certificates_dir"),
            Map.entry("badContact", "correct \"email\" in \"acme\" in the configuration"),
            Map.entry("unsupportedContact", "correct \"email\" in \"acme\" in the configuration"),
            Map.entry(
                    "externalAccountRequired",
                    "add \"external_account\" to \"acme\" in the configuration, with key_id and hmac_key of your account"
                            + " at the certificate authority"),
            Map.entry("userActionRequired", "the certificate authority has something to be agreed to on its web site"),
            Map.entry("accountDoesNotExist", ACCOUNT));
    private static final Set<String> TRANSIENT = Set.of("badNonce", "rateLimited", "serverInternal", "orderNotReady");

    private AcmeErrorMapper() {}

    /** The failure of a request. */
    static IssuanceException failure(String what, Exception failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && (cause.getMessage() == null || cause instanceof AcmeException)) {
            cause = cause.getCause();
        }
        String why = cause.equals(failure) || failure.getMessage() == null
                ? ErrorMessages.reason(cause)
                : failure.getMessage() + ": " + ErrorMessages.reason(cause);
        Optional<Problem> problem = problem(failure);
        return new IssuanceException(
                what + ": " + why, cause(problem), advice(problem, true), notBefore(failure), failure);
    }

    /** The failure of an order that the authority reports. */
    static IssuanceException failure(String what, Optional<Problem> problem) {
        return failure(what, problem, Optional.empty());
    }

    /**
     * The failure of a challenge that the authority reports.
     *
     * @param answerable what must be true for the challenge to be met; empty: the host name must be reached
     */
    static IssuanceException failure(String what, Optional<Problem> problem, Optional<String> answerable) {
        String known = advice(problem, false);
        return new IssuanceException(
                what
                        + problem.map(told -> ": " + told.getDetail().orElseGet(told::toString))
                                .orElse(""),
                Cause.FAILED,
                answerable.filter(any -> isAboutAnswer(known)).orElse(known));
    }

    /** Whether an advice is about the answer to a challenge, so that the answerer knows better. */
    private static boolean isAboutAnswer(String advice) {
        return advice.isEmpty() || advice.equals(REACHABLE) || advice.equals(PUBLIC_NAME);
    }

    /** Whether an authority does not have, or no longer gives, what was asked for. */
    static boolean isGone(AcmeException failure) {
        return failure.getCause() instanceof AuthorityConnection.GoneException
                || problem(failure)
                        .map(AcmeErrorMapper::type)
                        .filter(type -> !TRANSIENT.contains(type) && !type.equals("accountDoesNotExist"))
                        .isPresent();
    }

    /** Whether the account cannot be used any more. */
    static boolean isDeactivated(Exception failure) {
        return problem(failure)
                .filter(told -> type(told).equals("unauthorized"))
                .flatMap(Problem::getDetail)
                .map(detail -> detail.toLowerCase(Locale.ROOT))
                .filter(detail -> detail.contains("deactivated") || detail.contains("revoked"))
                .isPresent();
    }

    private static Cause cause(Optional<Problem> problem) {
        return problem.map(AcmeErrorMapper::type)
                .map(type -> switch (type) {
                    case "accountDoesNotExist", "unauthorized" -> Cause.ACCOUNT;
                    default -> Cause.INTERRUPTED;
                })
                .orElse(Cause.INTERRUPTED);
    }

    private static String advice(Optional<Problem> problem, boolean isOfRequest) {
        return problem.map(AcmeErrorMapper::type)
                .map(type -> isOfRequest && type.equals("unauthorized")
                        ? "the certificate authority refuses the account; its administrator can say why"
                        : ADVICE.getOrDefault(type, ""))
                .orElse(isOfRequest ? "check that this machine reaches the certificate authority" : REACHABLE);
    }

    private static String type(Problem problem) {
        String type = problem.getType().toString();
        return type.substring(type.lastIndexOf(':') + 1);
    }

    private static Optional<Problem> problem(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof AcmeServerException told) {
                return Optional.of(told.getProblem());
            }
        }
        return Optional.empty();
    }

    /** Finds the time in any cause: the library wraps exceptions that occur when it loads a resource lazily. */
    private static Instant notBefore(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof AcmeRateLimitedException limited) {
                return limited.getRetryAfter().orElse(Instant.EPOCH);
            }
            if (cause instanceof AuthorityConnection.OverloadException overload) {
                return overload.notBefore();
            }
        }
        return Instant.EPOCH;
    }
}
