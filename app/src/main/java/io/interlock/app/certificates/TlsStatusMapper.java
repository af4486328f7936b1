package io.interlock.app.certificates;

import io.interlock.api.status.CertificateStatus;
import io.interlock.api.status.CertificateStatus.Origin;
import io.interlock.api.status.CertificateStatus.State;
import io.interlock.api.status.IssuanceStatus;
import io.interlock.api.status.Problem;
import io.interlock.api.status.Problem.Severity;
import io.interlock.api.status.Problem.Source;
import io.interlock.api.status.TlsStatus;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.VirtualHost;
import io.interlock.util.CountText;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reports the status of certificates and their problems. Pure. */
final class TlsStatusMapper {

    private static final String REPLACE = "put a good certificate with its chain and key there; it is shown at once";

    private final CertificateMatcher.Result chosen;
    private final Instant now;

    private TlsStatusMapper(CertificateMatcher.Result chosen, Instant now) {
        this.chosen = chosen;
        this.now = now;
    }

    static TlsStatus of(
            CertificateSet set,
            CertificateMatcher.Result chosen,
            List<VirtualHost> hosts,
            List<IssuanceStatus> issuances,
            Instant now) {
        TlsStatusMapper report = new TlsStatusMapper(chosen, now);
        List<CertificateStatus> certificates = new ArrayList<>();
        set.certificates().forEach(held -> certificates.add(report.certificate(held)));
        set.problems().forEach((file, reason) -> certificates.add(report.unusable(file, reason)));
        List<Problem> problems = new ArrayList<>();
        certificates.forEach(certificate -> problem(certificate).ifPresent(problems::add));
        chosen.refusals().forEach((name, reason) -> problems.add(host(name, "ssl_cert", reason, "", "")));
        issuances.forEach(issuance -> problem(issuance).ifPresent(problems::add));
        problems.addAll(uncovered(chosen.uncovered(), hosts, issuances));
        return new TlsStatus(true, certificates, chosen.uncovered(), issuances, problems);
    }

    private CertificateStatus certificate(TrackedCertificate held) {
        Optional<CertificateBundle> bundle = held.served().map(StoredCertificate::bundle);
        Optional<String> problem = held.problem(now);
        TreeSet<HostName> routed = chosen.routed().getOrDefault(held.files().id(), new TreeSet<>());
        return new CertificateStatus(
                held.files().id(),
                held.files().origin(),
                held.files().certificate(),
                state(held, problem, routed),
                bundle.map(CertificateBundle::names).orElse(List.of()),
                bundle.map(CertificateBundle::notBefore),
                bundle.map(CertificateBundle::notAfter),
                List.copyOf(routed),
                problem.orElse(""));
    }

    private static State state(TrackedCertificate held, Optional<String> problem, Set<HostName> routed) {
        if (held.served().isEmpty()) {
            return State.UNUSABLE;
        }
        if (held.isKept()) {
            return State.KEPT;
        }
        if (problem.isPresent()) {
            return State.FLAWED;
        }
        return routed.isEmpty() ? State.UNUSED : State.SHOWN;
    }

    private CertificateStatus unusable(Path file, String reason) {
        return new CertificateStatus(
                String.valueOf(file.getFileName()),
                Origin.FOLDER,
                file,
                State.UNUSABLE,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                reason);
    }

    private static Optional<Problem> problem(CertificateStatus certificate) {
        return switch (certificate.state()) {
            case SHOWN -> Optional.empty();
            case UNUSED ->
                certificate.origin() == Origin.ACME
                        ? Optional.empty()
                        : Optional.of(file(
                                Severity.WARNING,
                                certificate,
                                "is for no name that is routed: it is " + shown(certificate),
                                "",
                                "remove it if it is no longer needed"));
            case KEPT ->
                Optional.of(file(
                        Severity.WARNING,
                        certificate,
                        certificate.reason(),
                        "its last good content stays in service, " + shown(certificate),
                        REPLACE));
            case FLAWED ->
                Optional.of(file(
                        Severity.ERROR,
                        certificate,
                        certificate.reason(),
                        "shown, because no better certificate is available",
                        REPLACE));
            case UNUSABLE -> Optional.of(file(Severity.ERROR, certificate, certificate.reason(), "not shown", REPLACE));
        };
    }

    private static String shown(CertificateStatus certificate) {
        return new CertificateBundle(
                        certificate.names(),
                        certificate.notBefore().orElse(Instant.EPOCH),
                        certificate.notAfter().orElse(Instant.EPOCH),
                        Optional.empty())
                .description();
    }

    private static Problem file(
            Severity severity, CertificateStatus certificate, String reason, String effect, String advice) {
        return new Problem(
                severity,
                Source.CERTIFICATE,
                certificate.id(),
                Optional.empty(),
                Optional.empty(),
                "file",
                certificate.file().toString(),
                reason,
                effect,
                advice);
    }

    private static Optional<Problem> problem(IssuanceStatus issuance) {
        return switch (issuance.state()) {
            case ISSUED, ORDERING -> Optional.empty();
            case FAILED ->
                Optional.of(host(
                        issuance.name(),
                        "tls",
                        "no certificate was issued after " + CountText.of(issuance.failures(), "attempt") + ": "
                                + issuance.reason(),
                        issuance.due()
                                .map(due -> "the next attempt is at " + due)
                                .orElse(""),
                        "the certificate authority must reach this host name at port 80 of this machine"));
            case IMPOSSIBLE -> Optional.of(host(issuance.name(), "tls", issuance.reason(), "", ""));
        };
    }

    /** Reports only names that asked for a certificate: many hosts are meant for plain HTTP. */
    private static List<Problem> uncovered(
            List<HostName> uncovered, List<VirtualHost> hosts, List<IssuanceStatus> issuances) {
        Set<HostName> without = new HashSet<>(uncovered);
        issuances.forEach(issuance -> without.remove(issuance.name()));
        List<Problem> problems = new ArrayList<>();
        for (VirtualHost host : hosts) {
            if (host.tls().issued() || host.tls().certificate().isPresent()) {
                host.hostNames().stream()
                        .filter(without::contains)
                        .forEach(name -> problems.add(host(
                                name,
                                "tls",
                                "no certificate is for this name",
                                "HTTPS clients are refused in the handshake",
                                host.tls().issued()
                                        ? "add \"acme\" to \"tls\" in the configuration"
                                        : "put one into certificates_dir")));
            }
        }
        return problems;
    }

    private static Problem host(HostName name, String field, String reason, String effect, String advice) {
        return new Problem(
                Severity.WARNING,
                Source.CERTIFICATE,
                name.value(),
                Optional.empty(),
                Optional.empty(),
                field,
                "",
                reason,
                effect,
                advice);
    }

    /** The text to log for each certificate, by file. */
    static Map<Path, String> complaints(TlsStatus status) {
        Map<Path, String> complaints = new TreeMap<>();
        status.certificates().stream()
                .filter(certificate -> certificate.state() != CertificateStatus.State.UNUSED)
                .forEach(certificate -> problem(certificate)
                        .ifPresent(problem -> complaints.put(certificate.file(), problem.description())));
        return complaints;
    }
}
