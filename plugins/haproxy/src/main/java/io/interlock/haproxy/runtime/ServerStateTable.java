package io.interlock.haproxy.runtime;

import io.interlock.haproxy.model.GlobalConfig;
import io.interlock.haproxy.plan.ObservedState.ObservedServer;
import io.interlock.util.IpLiteral;
import java.util.HashMap;
import java.util.Map;

/** Parser of the answer to {@code show servers state}. */
final class ServerStateTable {

    private static final int PLACE = 1;
    private static final int ID = 2;
    private static final int NAME = 3;
    private static final int ADDRESS = 4;
    private static final int ADMIN_STATE = 6;
    private static final int WEIGHT = 7;
    private static final int PORT = 18;

    private ServerStateTable() {}

    /** The command for one place. */
    static RuntimeCommand question(String place) {
        return RuntimeCommand.talking("show servers state " + place);
    }

    /** The servers of desired backends that HAProxy reports, by place and name. */
    static Map<String, Map<String, ObservedServer>> parse(String answer) {
        Map<String, Map<String, ObservedServer>> servers = new HashMap<>();
        answer.lines()
                .map(line -> line.split(" "))
                .filter(fields -> fields.length > PORT
                        && !fields[0].startsWith("#")
                        && !fields[PLACE].startsWith(GlobalConfig.AUTH))
                .forEach(fields -> servers.computeIfAbsent(fields[PLACE], place -> new HashMap<>())
                        .put(
                                fields[NAME],
                                new ObservedServer(
                                        IpLiteral.parse(fields[ADDRESS]),
                                        Integer.parseInt(fields[PORT]),
                                        Integer.parseInt(fields[ID]),
                                        Integer.parseInt(fields[WEIGHT]),
                                        Integer.parseInt(fields[ADMIN_STATE]))));
        return servers;
    }
}
