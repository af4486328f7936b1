package io.interlock.app.topology;

import io.interlock.api.topology.TlsVersion;
import java.util.Optional;
import java.util.regex.Pattern;

/** Judges what a container asks for about TLS. What is wrong is ignored, but for the version: then the strictest is meant. */
final class TlsReader {

    private static final Pattern CERTIFICATE = Pattern.compile("[A-Za-z0-9_*][A-Za-z0-9_.*-]{0,119}");

    private final ContainerData data;
    private final Findings findings;

    private TlsReader(ContainerData data, Findings findings) {
        this.data = data;
        this.findings = findings;
    }

    static TlsWishes read(ContainerData data, Findings findings) {
        TlsReader reader = new TlsReader(data, findings);
        return new TlsWishes(reader.issued(), reader.certificate(), reader.leastVersion());
    }

    private boolean issued() {
        Optional<Given> given = data.get(Field.TLS);
        boolean issued = given.flatMap(Given::text).filter("acme"::equals).isPresent();
        if (given.isPresent() && !issued) {
            findings.wrong(
                    Field.TLS, given.get(), "expected \"acme\", to get certificates from a certificate authority");
        }
        return issued;
    }

    private Optional<Setting<String>> certificate() {
        Optional<Given> given = data.get(Field.SSL_CERT);
        Optional<String> name = given.flatMap(Given::text).filter(CERTIFICATE.asMatchPredicate());
        if (given.isPresent() && name.isEmpty()) {
            findings.wrong(
                    Field.SSL_CERT, given.get(), "expected the name of a file in certificates_dir, without its path");
        }
        return name.map(text -> new Setting<>(text.replace('*', '_'), given.orElseThrow()));
    }

    private Optional<TlsVersion> leastVersion() {
        Optional<Given> given = data.get(Field.TLS_MIN_VERSION);
        if (given.isEmpty()) {
            return Optional.empty();
        }
        for (TlsVersion version : TlsVersion.values()) {
            if (given.get().shown().strip().equals(version.number())) {
                return Optional.of(version);
            }
        }
        findings.wrong(Field.TLS_MIN_VERSION, given.get(), "expected 1.2 or 1.3");
        return Optional.of(TlsVersion.TLS_1_3);
    }
}
