package io.interlock.app.topology.options;

import io.interlock.api.topology.TlsVersion;
import io.interlock.app.topology.field.ContainerData;
import io.interlock.app.topology.field.ContainerField;
import io.interlock.app.topology.field.FieldSetting;
import io.interlock.app.topology.field.FindingCollector;
import io.interlock.app.topology.findings.FieldValue;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the settings that a container asks for about TLS. A wrong value is ignored, except for a wrong version, which
 * counts as the strictest.
 */
final class ContainerTlsSettingsReader {

    private static final Pattern CERTIFICATE = Pattern.compile("[A-Za-z0-9_*][A-Za-z0-9_.*-]{0,119}");

    private final ContainerData data;
    private final FindingCollector findings;

    private ContainerTlsSettingsReader(ContainerData data, FindingCollector findings) {
        this.data = data;
        this.findings = findings;
    }

    static ContainerTlsSettings read(ContainerData data, FindingCollector findings) {
        ContainerTlsSettingsReader reader = new ContainerTlsSettingsReader(data, findings);
        return new ContainerTlsSettings(reader.issued(), reader.certificate(), reader.leastVersion());
    }

    private boolean issued() {
        Optional<FieldValue> given = data.get(ContainerField.TLS);
        boolean issued = given.flatMap(FieldValue::text).filter("acme"::equals).isPresent();
        if (given.isPresent() && !issued) {
            findings.wrong(
                    ContainerField.TLS,
                    given.get(),
                    "expected \"acme\", to get certificates from a certificate authority");
        }
        return issued;
    }

    private Optional<FieldSetting<String>> certificate() {
        Optional<FieldValue> given = data.get(ContainerField.SSL_CERT);
        Optional<String> name = given.flatMap(FieldValue::text).filter(CERTIFICATE.asMatchPredicate());
        if (given.isPresent() && name.isEmpty()) {
            findings.wrong(
                    ContainerField.SSL_CERT,
                    given.get(),
                    "expected the name of a file in certificates_dir, without its path");
        }
        return name.map(text -> new FieldSetting<>(text.replace('*', '_'), given.orElseThrow()));
    }

    private Optional<TlsVersion> leastVersion() {
        Optional<FieldValue> given = data.get(ContainerField.TLS_MIN_VERSION);
        if (given.isEmpty()) {
            return Optional.empty();
        }
        for (TlsVersion version : TlsVersion.values()) {
            if (given.get().shown().strip().equals(version.number())) {
                return Optional.of(version);
            }
        }
        findings.wrong(ContainerField.TLS_MIN_VERSION, given.get(), "expected 1.2 or 1.3");
        return Optional.of(TlsVersion.TLS_1_3);
    }
}
