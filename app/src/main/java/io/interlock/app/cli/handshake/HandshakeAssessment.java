package io.interlock.app.cli.handshake;

import io.interlock.api.topology.HostName;
import io.interlock.util.PrintableText;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a client sees in a handshake, for people. Pure.
 *
 * @param lines the certificate and its chain
 * @param problems why a client refuses it, or will soon; empty: all is well
 */
public record HandshakeAssessment(List<String> lines, List<String> problems) {

    private static final int DNS_NAME = 2;
    private static final int MOST_NAMES = 20;

    public HandshakeAssessment {
        lines = List.copyOf(lines);
        problems = List.copyOf(problems);
    }

    /**
     * Assesses a handshake.
     *
     * @param leastDays the certificate must be valid for at least as many days
     */
    public static HandshakeAssessment of(HostName name, HandshakeProbe.Result seen, Instant now, int leastDays) {
        List<String> lines = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        X509Certificate own = seen.chain().getFirst();
        List<String> names = names(own);
        lines.add("protocol   " + seen.protocol());
        lines.add("names      " + shown(names));
        lines.add("key        " + own.getPublicKey().getAlgorithm());
        lines.add("valid      " + own.getNotBefore().toInstant() + " to "
                + own.getNotAfter().toInstant());
        for (X509Certificate each : seen.chain()) {
            lines.add("chain      " + subject(each.getSubjectX500Principal().getName()) + ", issued by "
                    + subject(each.getIssuerX500Principal().getName()) + ", until "
                    + each.getNotAfter().toInstant());
        }
        if (names.stream().noneMatch(each -> covers(each, name.value()))) {
            problems.add("the certificate is not for " + name + ", but for " + shown(names));
        }
        for (X509Certificate each : seen.chain()) {
            dates(each, each.equals(own) ? leastDays : 0, now).ifPresent(problems::add);
        }
        if (problems.isEmpty()) {
            seen.distrust()
                    .ifPresent(why -> problems.add(
                            isComplete(seen.chain())
                                    ? "a client does not trust the issuer "
                                            + subject(seen.chain()
                                                    .getLast()
                                                    .getIssuerX500Principal()
                                                    .getName())
                                            + ": " + why + "; if the authority is your own, give its root with --ca"
                                    : "the chain is incomplete: the server does not send the certificate of "
                                            + subject(
                                                    own.getIssuerX500Principal().getName())));
        }
        return new HandshakeAssessment(lines, problems);
    }

    /** Whether the server sends more than its own certificate, or that of a root needs no more. */
    private static boolean isComplete(List<X509Certificate> chain) {
        X509Certificate own = chain.getFirst();
        return own.getIssuerX500Principal().equals(own.getSubjectX500Principal())
                || chain.stream()
                        .skip(1)
                        .anyMatch(each -> each.getSubjectX500Principal().equals(own.getIssuerX500Principal()));
    }

    private static Optional<String> dates(X509Certificate certificate, int leastDays, Instant now) {
        Instant begin = certificate.getNotBefore().toInstant();
        Instant end = certificate.getNotAfter().toInstant();
        String subject = subject(certificate.getSubjectX500Principal().getName());
        if (now.isBefore(begin)) {
            return Optional.of("the certificate " + subject + " is not valid before " + begin);
        }
        if (now.isAfter(end)) {
            return Optional.of("the certificate " + subject + " has expired at " + end);
        }
        long days = Duration.between(now, end).toDays();
        return leastDays > 0 && days < leastDays
                ? Optional.of("the certificate " + subject + " is valid for " + days + " more days only")
                : Optional.empty();
    }

    private static boolean covers(String pattern, String name) {
        String lower = pattern.toLowerCase(Locale.ROOT);
        return lower.equals(name)
                || (lower.startsWith("*.")
                        && name.indexOf('.') > 0
                        && name.substring(name.indexOf('.')).equals(lower.substring(1)));
    }

    private static List<String> names(X509Certificate certificate) {
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            return all == null
                    ? List.of()
                    : all.stream()
                            .filter(each -> each.getFirst().equals(DNS_NAME))
                            .map(each -> String.valueOf(each.get(1)))
                            .toList();
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    private static String shown(List<String> names) {
        return names.isEmpty()
                ? "no name"
                : PrintableText.line(String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size()))))
                        + (names.size() > MOST_NAMES ? " and " + (names.size() - MOST_NAMES) + " more" : "");
    }

    private static String subject(String name) {
        return PrintableText.of(name.isEmpty() ? "without a subject" : name);
    }
}
