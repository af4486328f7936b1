package io.interlock.app.topology.options;

import io.interlock.api.topology.HostName;
import io.interlock.app.config.ContainerPolicy;
import io.interlock.app.topology.field.ContainerData;
import io.interlock.app.topology.field.ContainerField;
import io.interlock.app.topology.field.FindingCollector;
import io.interlock.app.topology.findings.FieldValue;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads whether a container is served TCP connections instead of requests. A wrong value leaves the container out,
 * because it is not intended for HTTP.
 */
public final class TcpSettingsReader {

    private static final String MODES =
            "\"http\", \"tcp\" (all connections to a port), or \"tls\" (those that ask for its names)";

    private TcpSettingsReader() {}

    /** Kind of traffic that is passed on. */
    public enum Mode {
        HTTP,
        TCP,
        TLS
    }

    public static Mode mode(ContainerData data, FindingCollector findings) {
        Optional<FieldValue> given = data.get(ContainerField.MODE);
        return switch (given.flatMap(FieldValue::text).orElse(given.isEmpty() ? "http" : "")) {
            case "http" -> {
                data.get(ContainerField.LISTEN)
                        .ifPresent(listen -> findings.leftOut(listen, "needs \"mode\": \"tcp\" or \"tls\" beside it"));
                yield Mode.HTTP;
            }
            case "tcp" -> Mode.TCP;
            case "tls" -> Mode.TLS;
            default -> {
                given.ifPresent(wrong -> findings.wrong(ContainerField.MODE, wrong, "expected " + MODES));
                yield Mode.HTTP;
            }
        };
    }

    /** Returns the port at which clients connect. */
    public static OptionalInt listen(ContainerData data, ContainerPolicy containerPolicy, FindingCollector findings) {
        Optional<FieldValue> given = data.get(ContainerField.LISTEN);
        if (given.isEmpty()) {
            findings.leftOut(
                    ContainerField.LISTEN.key(),
                    "",
                    "expected the port at which clients connect, since mode is not http");
            return OptionalInt.empty();
        }
        OptionalInt port = given.get().integer();
        if (port.isEmpty() || !ContainerField.LISTEN.range().contains(port.getAsInt())) {
            findings.wrong(
                    ContainerField.LISTEN,
                    given.get(),
                    ContainerField.LISTEN.range().expected());
            return OptionalInt.empty();
        }
        if (containerPolicy.ownPorts().contains(port.getAsInt())) {
            findings.leftOut(given.get(), "Interlock itself listens at this port, and never shares it");
            return OptionalInt.empty();
        }
        if (containerPolicy
                .tcpPorts()
                .filter(range -> range.contains(port.getAsInt()))
                .isEmpty()) {
            findings.leftOut(
                    given.get(),
                    "the operator allows "
                            + containerPolicy
                                    .tcpPorts()
                                    .map(range -> "ports " + range + " only")
                                    .orElse("no ports for TCP")
                            + " (tcp_ports in the configuration)");
            return OptionalInt.empty();
        }
        return port;
    }

    /** Returns the fields that also apply to TCP connections; reports the others. */
    public static ContainerData meaningful(ContainerData data, FindingCollector findings) {
        Map<ContainerField, FieldValue> values = new EnumMap<>(ContainerField.class);
        data.values().forEach((field, given) -> {
            if (field == ContainerField.BALANCE
                    && given.text().filter("uri"::equals).isPresent()) {
                findings.ignored(given, "there are no paths in TCP");
            } else if (field.isForTcp()) {
                values.put(field, given);
            } else {
                findings.meaningless(field, given, "means nothing for TCP");
            }
        });
        return new ContainerData(data.present(), values);
    }

    /** Returns the names that TLS clients can ask for. */
    public static ContainerHostNames names(ContainerHostNames names, FindingCollector findings) {
        List<HostName> usable = names.all().stream()
                .filter(name -> name.isExact() || name.isWildcard())
                .toList();
        names.all().stream()
                .filter(name -> !usable.contains(name))
                .forEach(name -> findings.ignored(
                        "hostname",
                        name.value(),
                        "TLS clients ask for names; only names and wildcards can be matched"));
        if (usable.isEmpty() && !names.all().isEmpty()) {
            findings.leftOut("hostname", names.all().getFirst().value(), "no name remains");
        }
        return new ContainerHostNames(names.primary().filter(usable::contains), usable);
    }
}
