package io.interlock.haproxy.render.map;

import io.interlock.api.topology.HostName;
import io.interlock.api.topology.TcpListener;
import io.interlock.api.topology.TcpListener.TcpRoute;
import io.interlock.haproxy.model.HaproxyMap;
import io.interlock.haproxy.model.HostSpec;
import io.interlock.haproxy.model.MapEntry;
import io.interlock.haproxy.model.TcpListenerSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lines of the map for TCP ports, and the rules that look them up. {@code 5432/} stands for all connections,
 * {@code 5433/db.example.com} for those of TLS clients that ask for that name.
 */
public final class TcpMapEntries {

    /** Maximum number of labels before the domain of a wildcard. */
    private static final int DEEPEST = 4;

    private TcpMapEntries() {}

    public static HostSpec of(TcpListener listener) {
        List<MapEntry> entries = new ArrayList<>();
        boolean wildcards = false;
        boolean names = false;
        for (TcpRoute route : listener.routes()) {
            String name = route.serverName().map(HostName::value).orElse("");
            names |= !name.isEmpty();
            wildcards |= route.serverName().filter(HostName::isWildcard).isPresent();
            entries.add(new MapEntry(
                    new MapEntry.Key(HaproxyMap.TCP, listener.port() + "/" + name), route.backendName(), true));
        }
        return new HostSpec(
                // Sorts before all names of hosts, and ports by number.
                String.format("!tcp:%05d", listener.port()),
                entries,
                List.of(),
                List.of(),
                Optional.of(new TcpListenerSpec(listener.port(), names, wildcards)));
    }

    /** Whole lines of the listener. */
    public static List<String> rules(TcpListenerSpec port, String map) {
        List<String> lines = new ArrayList<>();
        String prefix = "str(" + port.port() + "/";
        if (port.names()) {
            lines.add("tcp-request inspect-delay 5s");
            lines.add("tcp-request content set-var(sess.name) req.ssl_sni,lower");
            lines.add("tcp-request content set-var(sess.backend) " + prefix + "),concat(,sess.name),map_str(" + map
                    + ") if { var(sess.name) -m found }");
            if (port.wildcards()) {
                lines.add("tcp-request content set-var(sess.parent) var(sess.name) if { var(sess.name) -m found }");
                for (int i = 0; i < DEEPEST; i++) {
                    lines.add("tcp-request content set-var(sess.parent) var(sess.parent),field(2,.,0)"
                            + " if { var(sess.parent) -m found }");
                    lines.add(
                            "tcp-request content set-var(sess.backend) " + prefix + "*.),concat(,sess.parent),map_str("
                                    + map + ") if { var(sess.parent) -m found } !{ var(sess.backend) -m found }");
                }
            }
            lines.add("tcp-request content accept if { req.ssl_hello_type 1 }");
            lines.add("use_backend %[var(sess.backend)] if { var(sess.backend) -m found }");
        }
        lines.add("use_backend %[" + prefix + "),map_str(" + map + ")]");
        return lines;
    }
}
