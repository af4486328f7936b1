package io.interlock.haproxy.accesslog;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a worker says of itself.
 *
 * @param pid its process id
 * @param started when it was started, in seconds since 1970; another worker may have the same process id in a container
 * @param isStopping whether a reload has replaced it
 * @param connections current connections of clients
 */
record WorkerInfo(long pid, long started, boolean isStopping, long connections) {

    static final String COMMAND = "show info";

    private static final Pattern VALUE = Pattern.compile("(Pid|Start_time_sec|Stopping|CurrConns): (\\d{1,18})");

    /** Reads the answer to {@link #COMMAND} up to its empty line. */
    static WorkerInfo read(RingConnection connection) throws IOException {
        WorkerInfo info = new WorkerInfo(0, 0, false, 0);
        while (true) {
            String line = connection.line().orElseThrow(() -> new IOException("HAProxy closed the connection"));
            if (line.isEmpty() && info.pid != 0) {
                return info;
            }
            info = info.with(line);
        }
    }

    /** Reads a whole answer to {@link #COMMAND}. */
    static WorkerInfo parse(String answer) {
        WorkerInfo info = new WorkerInfo(0, 0, false, 0);
        for (String line : answer.split("\n")) {
            info = info.with(line);
        }
        return info;
    }

    boolean isSameAs(WorkerInfo other) {
        return pid == other.pid && started == other.started;
    }

    private WorkerInfo with(String line) {
        Matcher value = VALUE.matcher(line);
        if (!value.matches()) {
            return this;
        }
        long number = Long.parseLong(value.group(2));
        return switch (value.group(1)) {
            case "Pid" -> new WorkerInfo(number, started, isStopping, connections);
            case "Start_time_sec" -> new WorkerInfo(pid, number, isStopping, connections);
            case "Stopping" -> new WorkerInfo(pid, started, number != 0, connections);
            default -> new WorkerInfo(pid, started, isStopping, number);
        };
    }
}
