package io.interlock.haproxy.quarantine;

import io.interlock.haproxy.model.BackendSpec;
import io.interlock.haproxy.model.CertificateSpec;
import io.interlock.haproxy.model.DesiredConfig;
import io.interlock.haproxy.model.ServerSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Content of the parts of a configuration, which distinguishes parts with the same name. */
final class PartContents {

    private final Map<String, BackendSpec> backends = new HashMap<>();
    private final Map<String, CertificateSpec> certificates = new HashMap<>();

    PartContents(DesiredConfig desired) {
        desired.backends().forEach(backend -> backends.put(backend.name(), backend));
        desired.certificates().forEach(each -> certificates.put(each.path(), each));
    }

    /** The content that may be the reason for a refusal. While it is unchanged, HAProxy refuses the part again. */
    Optional<Object> of(ConfigPart part) {
        if (part instanceof ConfigPart.ListedCertificate(String path)) {
            return Optional.ofNullable(certificates.get(path));
        }
        return Optional.ofNullable(backends.get(part.backend())).flatMap(backend -> of(part, backend));
    }

    /** Whether both configurations contain the part with the same content. For a whole backend only the name counts. */
    boolean hasSame(ConfigPart part, PartContents other) {
        if (part instanceof ConfigPart.WholeBackend(String name)) {
            return backends.containsKey(name);
        }
        Optional<Object> content = of(part);
        return content.isPresent() && content.equals(other.of(part));
    }

    private static Optional<Object> of(ConfigPart part, BackendSpec backend) {
        return switch (part) {
            case ConfigPart.WholeBackend whole -> Optional.of(List.of(backend.directives(), backend.servers()));
            case ConfigPart.Server(String name, String server) ->
                backend.servers().stream()
                        .filter(spec -> spec.name().equals(server))
                        .findFirst()
                        .map(spec -> with(spec, backend));
            case ConfigPart.Check check -> lines(part, backend);
            case ConfigPart.Directive directive -> lines(part, backend);
            case ConfigPart.ListedCertificate certificate -> Optional.empty();
        };
    }

    private static Object with(ServerSpec spec, BackendSpec backend) {
        return List.of(spec, backend.directives());
    }

    private static Optional<Object> lines(ConfigPart part, BackendSpec backend) {
        return backend.directives().stream()
                        .map(line -> ConfigPart.ofDirective(backend.name(), line))
                        .anyMatch(part::equals)
                ? Optional.of(List.of(backend.directives(), backend.check()))
                : Optional.empty();
    }
}
