package io.interlock.haproxy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Does things to processes that Java cannot. */
final class Processes {

    private static final String HOLD = """
            $| = 1;
            syscall($ARGV[1] + 0, 16, $ARGV[0] + 0, 0, 0) == 0 or die "ptrace: $!";
            print "held\\n";
            while (waitpid($ARGV[0], 0x40000000) > 0) {}
            """;

    private Processes() {}

    static void signal(String name, long pid) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + pid).start();
        if (kill.waitFor() != 0) {
            throw new IOException("kill -" + name + " " + pid + " failed");
        }
    }

    /** Keeps a process of one thread from doing anything, and from being continued by a signal, until it is killed. */
    static Process hold(long pid) throws IOException {
        String ptrace = System.getProperty("os.arch").equals("aarch64") ? "117" : "101";
        List<String> perl = List.of("perl", "-e", HOLD, Long.toString(pid), ptrace);
        Process holder = new ProcessBuilder(perl).redirectErrorStream(true).start();
        String line =
                new BufferedReader(new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8)).readLine();
        if (!"held".equals(line)) {
            throw new IOException("process " + pid + " cannot be held: " + line);
        }
        return holder;
    }
}
