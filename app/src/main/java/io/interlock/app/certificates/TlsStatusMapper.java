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
import io.interlock.app.certificates.CertificateFlaw.Weight;
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
        List<FileReport> files = report.files(set);
        List<Problem> problems = new ArrayList<>();
        files.forEach(file -> file.problem().ifPresent(problems::add));
        set.unreadable().forEach((folder, reason) -> problems.add(folder(folder, reason)));
        chosen.refusals().forEach((name, reason) -> problems.add(host(name, "ssl_cert", reason, "", "")));
        issuances.forEach(issuance -> problem(issuance).ifPresent(problems::add));
        problems.addAll(uncovered(chosen.uncovered(), hosts, issuances));
        List<CertificateStatus> certificates =
                files.stream().map(FileReport::status).toList();
        return new TlsStatus(true, certificates, chosen.uncovered(), issuances, problems);
    }

    /** Status of a file, and what is wrong with it. */
    private record FileReport(CertificateStatus status, Optional<Problem> problem) {}

    private List<FileReport> files(CertificateSet set) {
        List<FileReport> files = new ArrayList<>();
        set.certificates().forEach(held -> files.add(report(certificate(held), held.flaw(now))));
        set.problems()
                .forEach((file, reason) ->
                        files.add(report(unusable(file, reason), Optional.of(CertificateBundle.unusable(reason)))));
        return files;
    }

    private CertificateStatus certificate(TrackedCertificate held) {
        Optional<CertificateBundle> bundle = held.served().map(StoredCertificate::bundle);
        Optional<CertificateFlaw> flaw = held.flaw(now);
        TreeSet<HostName> routed = chosen.routed().getOrDefault(held.files().id(), new TreeSet<>());
        return new CertificateStatus(
                held.files().id(),
                held.files().origin(),
                held.files().certificate(),
                state(held, flaw, routed),
                bundle.map(CertificateBundle::names).orElse(List.of()),
                bundle.map(CertificateBundle::notBefore),
                bundle.map(CertificateBundle::notAfter),
                List.copyOf(routed),
                flaw.map(CertificateFlaw::reason).orElse(""));
    }

    private static State state(TrackedCertificate held, Optional<CertificateFlaw> flaw, Set<HostName> routed) {
        if (held.served().isEmpty()) {
            return State.UNUSABLE;
        }
        if (held.isKept()) {
            return State.KEPT;
        }
        if (flaw.filter(one -> one.weight() != Weight.REMARK).isPresent()) {
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

    private static FileReport report(CertificateStatus certificate, Optional<CertificateFlaw> flaw) {
        return new FileReport(
                certificate,
                flaw.map(one -> file(
                                severity(certificate, one),
                                certificate,
                                one.reason(),
                                effect(certificate, one),
                                one.advice()))
                        .or(() -> unused(certificate)));
    }

    private static Severity severity(CertificateStatus certificate, CertificateFlaw flaw) {
        boolean isServed = certificate.state() == State.KEPT || flaw.weight() == Weight.REMARK;
        return isServed ? Severity.WARNING : Severity.ERROR;
    }

    private static String effect(CertificateStatus certificate, CertificateFlaw flaw) {
        return switch (certificate.state()) {
            case KEPT -> "its last good content stays in service, " + shown(certificate);
            case FLAWED ->
                flaw.weight() == Weight.DEFECT
                        ? "shown, although some clients refuse it"
                        : "shown, because no better certificate is available";
            case SHOWN, UNUSED -> "shown in order";
            case UNUSABLE -> "not shown";
        };
    }

    private static Optional<Problem> unused(CertificateStatus certificate) {
        return certificate.state() == State.UNUSED && certificate.origin() == Origin.FOLDER
                ? Optional.of(file(
                        Severity.WARNING,
                        certificate,
                        "is for no name that is routed: it is " + shown(certificate),
                        "",
                        "remove it if it is no longer needed"))
                : Optional.empty();
    }

    private static String shown(CertificateStatus certificate) {
        return CertificateBundle.description(
                certificate.names(),
                certificate.notBefore().orElse(Instant.EPOCH),
                certificate.notAfter().orElse(Instant.EPOCH));
    }

    private static Problem folder(Path folder, String reason) {
        return new Problem(
                Severity.ERROR,
                Source.CERTIFICATE,
                String.valueOf(folder.getFileName()),
                Optional.empty(),
                Optional.empty(),
                "folder",
                folder.toString(),
                reason,
                "the certificates that were read from it stay in service",
                "make it a folder that the user of Interlock can read");
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
                        issuance.advice()));
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

    /** The text to log about each file and folder. */
    static Map<Path, String> complaints(CertificateSet set, CertificateMatcher.Result chosen, Instant now) {
        Map<Path, String> complaints = new TreeMap<>();
        new TlsStatusMapper(chosen, now)
                .files(set).stream()
                        .filter(file -> !file.status().reason().isEmpty())
                        .forEach(file -> file.problem()
                                .ifPresent(
                                        problem -> complaints.put(file.status().file(), problem.description())));
        set.unreadable()
                .forEach((folder, reason) ->
                        complaints.put(folder, folder(folder, reason).description()));
        return complaints;
    }
}
