package io.interlock.haproxy.process;

import io.interlock.haproxy.plan.Actual;
import io.interlock.haproxy.plan.Served;
import io.interlock.haproxy.plan.ServerSpec;
import io.interlock.util.IpLiteral;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The servers that HAProxy says it has: the answer to {@code show servers state}. */
final class ServerTable {

    private static final int PLACE = 1;
    private static final int NAME = 3;
    private static final int ADDRESS = 4;
    private static final int ADMIN_STATE = 6;
    private static final int WEIGHT = 7;
    private static final int PORT = 18;

    /** By place and name. */
    private final Map<String, Map<String, Row>> rows = new HashMap<>();

    /** A server of HAProxy's. */
    private record Row(String address, int port, int weight, int adminState) {}

    private ServerTable() {}

    static ServerTable parse(String answer) {
        ServerTable table = new ServerTable();
        answer.lines()
                .map(line -> line.split(" "))
                .filter(fields -> fields.length > PORT && !fields[0].startsWith("#"))
                .forEach(fields -> table.rows
                        .computeIfAbsent(fields[PLACE], place -> new HashMap<>())
                        .put(
                                fields[NAME],
                                new Row(
                                        fields[ADDRESS],
                                        Integer.parseInt(fields[PORT]),
                                        Integer.parseInt(fields[WEIGHT]),
                                        Integer.parseInt(fields[ADMIN_STATE]))));
        return table;
    }

    Iterable<String> places() {
        return rows.keySet();
    }

    /**
     * All of them, by place and name.
     *
     * @throws IOException if one has no address
     */
    Map<String, Map<String, Actual.ActualServer>> servers() throws IOException {
        Map<String, Map<String, Actual.ActualServer>> servers = new HashMap<>();
        for (Map.Entry<String, Map<String, Row>> place : rows.entrySet()) {
            Map<String, Actual.ActualServer> there = new HashMap<>();
            for (Map.Entry<String, Row> server : place.getValue().entrySet()) {
                Row row = server.getValue();
                InetAddress address = IpLiteral.parse(row.address())
                        .orElseThrow(() -> new IOException("server " + place.getKey() + "/" + server.getKey()
                                + " has no address, but " + row.address()));
                there.put(
                        server.getKey(),
                        new Actual.ActualServer(address, row.port(), row.weight(), row.adminState() == 0));
            }
            servers.put(place.getKey(), there);
        }
        return servers;
    }

    boolean hasEndpoint(String place, ServerSpec spec) {
        Row row = rows.getOrDefault(place, Map.of()).get(spec.name());
        return row != null && hasEndpoint(row, spec);
    }

    /** How a place differs from what it should be, for people. */
    List<String> differences(Served served, String place) {
        List<String> differences = new ArrayList<>();
        Map<String, ServerSpec> expected = served.servers(place);
        Map<String, Row> actual = rows.getOrDefault(place, Map.of());
        expected.values().forEach(spec -> {
            String server = place + "/" + spec.name();
            Row row = actual.get(spec.name());
            if (row == null) {
                differences.add("server " + server + " is missing");
            } else {
                difference(spec, row, served.isLeftover(place, spec.name()))
                        .ifPresent(what -> differences.add("server " + server + " has " + what));
            }
        });
        actual.keySet().stream()
                .filter(name -> !expected.containsKey(name))
                .forEach(name -> differences.add("server " + place + "/" + name + " is not wanted"));
        return differences;
    }

    private static Optional<String> difference(ServerSpec spec, Row row, boolean leftover) {
        boolean inService = row.adminState() == 0;
        if (inService == leftover) {
            return Optional.of("administrative state " + row.adminState());
        }
        if (leftover) {
            return Optional.empty();
        }
        if (!hasEndpoint(row, spec)) {
            return Optional.of("address " + row.address() + " port " + row.port() + ", not " + spec.endpoint());
        }
        return row.weight() == spec.weight()
                ? Optional.empty()
                : Optional.of("weight " + row.weight() + ", not " + spec.weight());
    }

    private static boolean hasEndpoint(Row row, ServerSpec spec) {
        return row.port() == spec.port() && IpLiteral.isSame(spec.address(), row.address());
    }
}
