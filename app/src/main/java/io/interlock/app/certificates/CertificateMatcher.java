package io.interlock.app.certificates;

import io.interlock.api.topology.Certificate;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.TlsVersion;
import io.interlock.api.topology.VirtualHost;
import io.interlock.app.certificates.CertificateFlaw.Weight;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Selects the certificate that each name shows. The certificate that a container names wins if it is for that name.
 * Next come, in this order: one that clients accept, one that was not replaced by another, an exact name before a
 * wildcard, and the one that is valid longest. Pure.
 */
final class CertificateMatcher {

    private static final Comparator<CertificateOption> BEST_FIRST = Comparator.comparing(CertificateOption::weight)
            .thenComparing(CertificateOption::earlier)
            .thenComparing(option -> option.stored().bundle().notAfter(), Comparator.reverseOrder())
            .thenComparing(CertificateOption::id);

    private final Instant now;
    private final List<CertificateOption> options = new ArrayList<>();
    private final Map<String, TrackedCertificate> byId = new HashMap<>();
    private final Map<HostName, CertificateOption> bestByName = new HashMap<>();
    private final Map<HostName, CertificateAssignment> shown = new TreeMap<>();
    private final Map<String, TreeSet<HostName>> routed = new TreeMap<>();
    private final TreeSet<HostName> uncovered = new TreeSet<>();
    private final Map<HostName, String> refusals = new TreeMap<>();

    /** Content of a certificate that could be shown. */
    private record CertificateOption(String id, StoredCertificate stored, boolean earlier, Weight weight) {

        boolean isAccepted() {
            return weight != Weight.REFUSAL;
        }

        boolean isFor(HostName name) {
            List<HostName> names = stored.bundle().names();
            return names.contains(name) || parent(name).filter(names::contains).isPresent();
        }
    }

    private record CertificateAssignment(CertificateOption option, Optional<TlsVersion> leastVersion) {}

    /**
     * Result of the selection.
     *
     * @param certificates the certificates to show
     * @param routed the routed names that each certificate is shown for, by id
     * @param uncovered routed names without a certificate
     * @param refusals why a certificate that a container names is not shown for a name, by that name
     */
    record Result(
            List<Certificate> certificates,
            Map<String, TreeSet<HostName>> routed,
            List<HostName> uncovered,
            Map<HostName, String> refusals) {

        static final Result EMPTY = new Result(List.of(), Map.of(), List.of(), Map.of());
    }

    private CertificateMatcher(CertificateSet set, Instant now) {
        this.now = now;
        for (TrackedCertificate held : set.certificates()) {
            byId.put(held.files().id(), held);
            held.served().ifPresent(stored -> options.add(option(held, stored, false)));
            held.previous().ifPresent(stored -> options.add(option(held, stored, true)));
        }
        options.sort(BEST_FIRST);
        for (CertificateOption option : options) {
            option.stored().bundle().names().forEach(name -> bestByName.putIfAbsent(name, option));
        }
    }

    static Result of(CertificateSet set, List<VirtualHost> hosts, Instant now) {
        CertificateMatcher choice = new CertificateMatcher(set, now);
        choice.bestByName.forEach(
                (name, option) -> choice.shown.put(name, new CertificateAssignment(option, Optional.empty())));
        for (VirtualHost host : hosts) {
            host.hostNames().forEach(name -> choice.route(name, host));
        }
        return new Result(choice.certificates(), choice.routed, List.copyOf(choice.uncovered), choice.refusals);
    }

    private CertificateOption option(TrackedCertificate held, StoredCertificate stored, boolean earlier) {
        return new CertificateOption(
                held.files().id(),
                stored,
                earlier,
                stored.bundle().flaw(now).map(CertificateFlaw::weight).orElse(Weight.REMARK));
    }

    private void route(HostName name, VirtualHost host) {
        Optional<CertificateOption> named = host.tls().certificate().flatMap(id -> named(id, name));
        Optional<CertificateOption> best = named.or(() -> best(name));
        if (best.isEmpty()) {
            uncovered.add(name);
            return;
        }
        routed.computeIfAbsent(best.get().id(), id -> new TreeSet<>()).add(name);
        Optional<TlsVersion> least = host.tls().leastVersion();
        CertificateAssignment usual = shown.get(name);
        if (usual == null) {
            usual = parent(name).map(shown::get).orElse(null);
        }
        CertificateAssignment desired = new CertificateAssignment(best.get(), least);
        if (!desired.equals(usual)) {
            shown.put(name, desired);
        }
    }

    private Optional<CertificateOption> named(String desired, HostName name) {
        String id = desired.replaceFirst("\\.(pem|crt|cer)$", "");
        TrackedCertificate held = byId.get(id);
        if (held == null) {
            refusals.put(name, "certificate \"" + id + "\" is not there; the one that fits best is used instead");
            return Optional.empty();
        }
        Optional<CertificateOption> option = options.stream()
                .filter(candidate -> candidate.id().equals(id) && !candidate.earlier())
                .findFirst();
        if (option.isEmpty()) {
            refusals.put(name, "certificate \"" + id + "\" cannot be shown; the one that fits best is used instead");
        } else if (!option.get().isFor(name)) {
            refusals.put(
                    name,
                    "certificate \"" + id + "\" is not for this name, but "
                            + option.get().stored().bundle().description()
                            + "; the one that fits best is used instead");
            return Optional.empty();
        }
        return option;
    }

    private Optional<CertificateOption> best(HostName name) {
        Optional<CertificateOption> exact = Optional.ofNullable(bestByName.get(name));
        Optional<CertificateOption> wildcard = parent(name).map(bestByName::get);
        // A wildcard that clients accept is better than an exact name that they refuse.
        return exact.filter(option -> option.isAccepted()
                        || wildcard.filter(CertificateOption::isAccepted).isEmpty())
                .or(() -> wildcard);
    }

    /** The wildcard that covers a name in certificates. */
    private static Optional<HostName> parent(HostName name) {
        int dot = name.value().indexOf('.');
        return !name.isExact() || dot < 0
                ? Optional.empty()
                : Optional.of(new HostName("*" + name.value().substring(dot)));
    }

    private List<Certificate> certificates() {
        Map<CertificateAssignment, List<HostName>> names = new LinkedHashMap<>();
        shown.forEach((name, what) ->
                names.computeIfAbsent(what, any -> new ArrayList<>()).add(name));
        List<Certificate> certificates = new ArrayList<>();
        names.forEach((what, those) -> certificates.add(new Certificate(
                what.option().id()
                        + (what.option().earlier() ? "+earlier" : "")
                        + what.leastVersion()
                                .map(version -> "+tls" + version.number())
                                .orElse(""),
                what.option().stored().file(),
                what.option().stored().size(),
                those,
                what.leastVersion())));
        return certificates.stream().sorted().toList();
    }
}
