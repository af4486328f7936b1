package io.interlock.testsupport.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.awaitility.Awaitility;

/**
 * Real name server of one zone, BIND or Knot, that takes dynamic updates of TXT records with a TSIG key. Every name of
 * the zone leads to this machine.
 */
public final class UpdatableNameServer implements AutoCloseable {

    /** The name of the key. */
    public static final String KEY_NAME = "interlock";

    /** The secret of the key, in base64. */
    public static final String SECRET =
            Base64.getEncoder().encodeToString("a secret of thirty-two bytes ...".getBytes(StandardCharsets.US_ASCII));

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String RECORDS = """
            $ORIGIN ZONE.
            $TTL 60
            @ IN SOA ns admin 1 3600 600 86400 60
            @ IN NS ns
            @ IN A 127.0.0.1
            * IN A 127.0.0.1
            ns IN A 127.0.0.1
            """;

    private final int port;
    private final Process process;

    private UpdatableNameServer(int port, Process process) {
        this.port = port;
        this.process = process;
    }

    /**
     * Starts BIND.
     *
     * @param folder an empty folder for its files
     */
    public static UpdatableNameServer bind(Path folder, String zone) throws IOException {
        int port = PortAllocator.next();
        String config = """
                options {
                    directory "FOLDER";
                    pid-file "FOLDER/named.pid";
                    session-keyfile "FOLDER/session.key";
                    listen-on port PORT { 127.0.0.1; };
                    listen-on-v6 { none; };
                    recursion no;
                    dnssec-validation no;
                    notify no;
                };
                controls {};
                key "KEY" { algorithm hmac-sha256; secret "SECRET"; };
                zone "ZONE" {
                    type primary;
                    file "FOLDER/zone";
                    update-policy { grant KEY zonesub TXT; };
                };
                """;
        return start(folder, zone, port, config, "named", "-f", "-c");
    }

    /**
     * Starts Knot.
     *
     * @param folder an empty folder for its files
     */
    public static UpdatableNameServer knot(Path folder, String zone) throws IOException {
        int port = PortAllocator.next();
        String config = """
                server:
                    listen: 127.0.0.1@PORT
                    rundir: FOLDER
                log:
                  - target: stderr
                    any: info
                database:
                    storage: FOLDER
                key:
                  - id: KEY
                    algorithm: hmac-sha256
                    secret: SECRET
                acl:
                  - id: update
                    key: KEY
                    action: update
                zone:
                  - domain: ZONE
                    storage: FOLDER
                    file: zone
                    acl: update
                """;
        return start(folder, zone, port, config, "knotd", "-c");
    }

    private static UpdatableNameServer start(Path folder, String zone, int port, String config, String... command)
            throws IOException {
        Files.writeString(folder.resolve("zone"), RECORDS.replace("ZONE", zone));
        Path file = Files.writeString(
                folder.resolve("server.conf"),
                config.replace("FOLDER", folder.toString())
                        .replace("PORT", String.valueOf(port))
                        .replace("KEY", KEY_NAME)
                        .replace("SECRET", SECRET)
                        .replace("ZONE", zone));
        // Debian puts the programs where only root's PATH looks.
        Path program = Path.of("/usr/sbin", command[0]);
        List<String> words = new ArrayList<>(List.of(command));
        words.set(0, Files.isExecutable(program) ? program.toString() : command[0]);
        words.add(file.toString());
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("server.log").toFile())
                .start();
        UpdatableNameServer server = new UpdatableNameServer(port, process);
        Awaitility.await(command[0] + " answers, see " + folder.resolve("server.log"))
                .atMost(PATIENCE)
                .failFast(() -> !process.isAlive())
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> {
                    new Socket(InetAddress.getLoopbackAddress(), port).close();
                    return true;
                });
        return server;
    }

    /** Where it listens, as {@code IP:PORT}. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /** The port at which it listens, by UDP and TCP. */
    public int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
