package io.interlock.app.topology;

import io.interlock.api.topology.HostName;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Judges whether a container is to be served connections instead of requests. Whoever gets that wrong is not served: as HTTP it would
 * not be meant.
 */
final class TcpReader {

    private static final String MODES =
            "\"http\", \"tcp\" (all connections to a port), or \"tls\" (those that ask for its names)";

    private TcpReader() {}

    /** What is passed on. */
    enum Mode {
        HTTP,
        TCP,
        TLS
    }

    static Mode mode(ContainerData data, Findings findings) {
        Optional<Given> given = data.get(Field.MODE);
        return switch (given.flatMap(Given::text).orElse(given.isEmpty() ? "http" : "")) {
            case "http" -> {
                data.get(Field.LISTEN)
                        .ifPresent(listen ->
                                findings.leftOut(listen, "needs \"mode\": \"tcp\" or \"tls\" beside it; not served"));
                yield Mode.HTTP;
            }
            case "tcp" -> Mode.TCP;
            case "tls" -> Mode.TLS;
            default -> {
                given.ifPresent(wrong -> findings.wrong(Field.MODE, wrong, "expected " + MODES));
                yield Mode.HTTP;
            }
        };
    }

    /** Where clients connect. */
    static OptionalInt listen(ContainerData data, Terms terms, Findings findings) {
        Optional<Given> given = data.get(Field.LISTEN);
        if (given.isEmpty()) {
            findings.leftOut(
                    Field.LISTEN.key(),
                    "",
                    "expected the port at which clients connect, since mode is not http; not served");
            return OptionalInt.empty();
        }
        OptionalInt port = given.get().integer();
        if (port.isEmpty() || !Field.LISTEN.range().contains(port.getAsInt())) {
            findings.wrong(Field.LISTEN, given.get(), Field.LISTEN.range().expected());
            return OptionalInt.empty();
        }
        if (terms.tcpPorts().filter(range -> range.contains(port.getAsInt())).isEmpty()) {
            findings.leftOut(
                    given.get(),
                    "the operator allows "
                            + terms.tcpPorts()
                                    .map(range -> "ports " + range + " only")
                                    .orElse("no ports for TCP")
                            + " (tcp_ports in the configuration); not served");
            return OptionalInt.empty();
        }
        return port;
    }

    /** What remains of the data where there are no requests. */
    static ContainerData meaningful(ContainerData data, Findings findings) {
        Map<Field, Given> values = new EnumMap<>(Field.class);
        data.values().forEach((field, given) -> {
            if (field == Field.BALANCE && given.text().filter("uri"::equals).isPresent()) {
                findings.ignored(given, "there are no paths in TCP; ignored");
            } else if (field.isForTcp()) {
                values.put(field, given);
            } else {
                findings.meaningless(field, given, "means nothing for TCP");
            }
        });
        return new ContainerData(data.present(), values);
    }

    /** Those that TLS clients may ask for. */
    static Names names(Names names, Findings findings) {
        List<HostName> usable = names.all().stream()
                .filter(name -> name.isExact() || name.isWildcard())
                .toList();
        names.all().stream()
                .filter(name -> !usable.contains(name))
                .forEach(name -> findings.ignored(
                        "hostname",
                        name.value(),
                        "TLS clients ask for names; only names and wildcards can be matched; ignored"));
        if (usable.isEmpty() && !names.all().isEmpty()) {
            findings.leftOut("hostname", names.all().getFirst().value(), "no name remains; not served");
        }
        return new Names(names.own().filter(usable::contains), usable);
    }
}
