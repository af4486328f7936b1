package io.interlock.systemtests.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.interlock.testsupport.distribution.ConfigFileBuilder;
import io.interlock.testsupport.distribution.InterlockCommandRunner;
import io.interlock.testsupport.distribution.InterlockProcess;
import io.interlock.testsupport.engine.KeytoolCertificate;
import io.interlock.testsupport.engine.LocalEngine;
import io.interlock.testsupport.engine.SampleContainer;
import io.interlock.testsupport.engine.UniqueHostNames;
import io.interlock.testsupport.network.HttpLoadClient;
import io.interlock.testsupport.network.HttpLoadResult;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests the log of requests of the distribution at its destinations. */
@Timeout(300)
@Tag("engine")
class AccessLogIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private final LocalEngine engine = LocalEngine.connect();
    private final String host = UniqueHostNames.newHost();
    private ConfigFileBuilder settings;
    private ArrayNode destinations;

    @BeforeEach
    void prepare() throws IOException {
        settings =
                ConfigFileBuilder.inNewFolder().engine("local", engine.address().toString());
        settings.with(file -> destinations = file.putArray("access_log"));
    }

    @AfterEach
    void removeEverything() {
        engine.close();
    }

    @Test
    void requestsAreLoggedToStandardOutputToFilesAndLive() throws Exception {
        Path file = folder.resolve("logs/access.log");
        destinations.addObject().put("to", "stdout").put("format", "json");
        destinations.addObject().put("to", file.toString()).put("max_size", 0);
        SampleContainer container = engine.sample().hostname(host).start();

        try (InterlockProcess interlock = InterlockProcess.start(settings)) {
            interlock.awaitServedBy(container, host);
            int status = interlock
                    .get(host, "/one?a=%22b", "User-Agent: it's \"me\"")
                    .status();
            interlock.awaitThat(
                    "it is in the output", () -> lines(interlock, "/one").size() == 1);
            JsonNode line = JSON.readTree(lines(interlock, "/one").getFirst());
            assertThat(line.path("status").asInt()).isEqualTo(status);
            assertThat(line.path("host").asText()).isEqualTo(host);
            assertThat(line.path("user_agent").asText()).isEqualTo("it's \"me\"");
            assertThat(line.path("server").asText()).isEqualTo(container.name());

            interlock.awaitThat(
                    "it is in the file", () -> Files.readString(file).contains("\"GET /one?a=%22b HTTP/1.1\""));
            Files.move(file, folder.resolve("moved"));
            signal(interlock, "USR1");
            interlock.get(host, "/two");
            interlock.awaitThat(
                    "the file is there again",
                    () -> Files.exists(file) && Files.readString(file).contains("GET /two "));
            assertThat(Files.readString(folder.resolve("moved"))).doesNotContain("/two");

            interlock.get("unknown.example", "/three");
            interlock.awaitThat(
                    "the latest is there", () -> logs("--status", "503").contains("/three"));
            assertThat(logs(host)).contains("/one", "/two").doesNotContain("/three");
            assertThat(follow(interlock)).contains("/four").contains(host);
        }
    }

    @Test
    void noLineIsMissingAfterChangesUnderLoadAndASuspendedInterlock() throws Exception {
        Path file = folder.resolve("access.log");
        destinations
                .addObject()
                .put("to", file.toString())
                .put("format", "json")
                .put("max_size", 0);
        SampleContainer container = engine.sample().hostname(host).start();

        try (InterlockProcess interlock = InterlockProcess.start(settings)) {
            interlock.awaitServedBy(container, host);
            HttpLoadResult result;
            try (HttpLoadClient load = HttpLoadClient.onFreshConnections(1, interlock.port(), host)) {
                settings.with(json -> json.put("client_timeout", 20_000)).write();
                interlock.awaitProxyConfig("timeout client 20000ms");
                signal(interlock, "STOP");
                interlock.get("unknown.example", "/while-stopped");
                signal(interlock, "CONT");
                settings.with(json -> json.put("client_timeout", 21_000)).write();
                interlock.awaitProxyConfig("timeout client 21000ms");
                result = load.stop();
            }
            interlock.get("unknown.example", "/last");
            interlock.awaitThat(
                    "the last is there", () -> Files.readString(file).contains("/last"));

            assertThat(result.isFlawless()).as(result.toString()).isTrue();
            interlock.awaitThat(
                    "every request is there",
                    () -> Files.readAllLines(file).stream()
                                    .filter(line -> line.contains("\"host\":\"" + host + "\""))
                                    .count()
                            >= result.sent());
            assertThat(Files.readString(file)).containsOnlyOnce("/while-stopped");
            assertThat(interlock.stop()).as(interlock.log()).isZero();
            interlock.assertNothingLeft();
        }
    }

    @Test
    void syslogOverTlsNeedsACertificateThatIsTrusted() throws Exception {
        KeytoolCertificate certificate = KeytoolCertificate.ofNames(folder, 0, "localhost");
        Path authority = Files.writeString(folder.resolve("ca.pem"), certificate.certificatePem());
        try (ServerSocket server = certificate.sockets().create()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            String address = "tls://localhost:" + server.getLocalPort();
            destinations.addObject().put("to", address).put("format", "combined");
            SampleContainer container = engine.sample().hostname(host).start();

            try (InterlockProcess interlock = InterlockProcess.start(settings)) {
                interlock.awaitServedBy(container, host);
                try (Socket refused = server.accept()) {
                    assertThat(readable(refused)).isEmpty();
                }
                interlock.awaitLogged("requests cannot be logged to " + address);
                assertThat(new InterlockCommandRunner(settings).run("status").out())
                        .contains("requests cannot be logged");

                settings.with(file -> destinations
                                .addObject()
                                .put("to", address)
                                .put("format", "combined")
                                .put("ca_cert", authority.toString()))
                        .write();
                settings.with(file -> destinations.remove(0)).write();
                interlock.awaitThat("the trusted one is there", () -> {
                    interlock.get(host, "/secure");
                    try (Socket client = server.accept()) {
                        return readable(client).matches("\\d+ <134>1 \\S+ \\S+ interlock \\d+ access - .*\\R?");
                    }
                });
            }
        }
    }

    /** What a client says first; empty if the handshake fails. */
    private static String readable(Socket client) {
        try {
            client.setSoTimeout(20_000);
            byte[] first = new byte[1_000];
            int length = client.getInputStream().read(first);
            return new String(first, 0, Math.max(0, length), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    private String logs(String... arguments) throws IOException {
        String[] all = new String[arguments.length + 1];
        all[0] = "logs";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        try {
            return new InterlockCommandRunner(settings).run(all).out();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** The first new line of {@code logs --follow} about a request that is made meanwhile. */
    private String follow(InterlockProcess interlock) throws Exception {
        Process process = new InterlockCommandRunner(settings).start("logs", host, "--follow", "--count", "1");
        try (BufferedReader out = process.inputReader()) {
            String line = out.readLine();
            interlock.get(host, "/four");
            while (line != null && !line.contains("/four")) {
                line = out.readLine();
            }
            return String.valueOf(line);
        } finally {
            process.destroy();
        }
    }

    private static List<String> lines(InterlockProcess interlock, String text) {
        return interlock
                .log()
                .lines()
                .filter(line -> line.startsWith("{\"time\"") && line.contains(text))
                .toList();
    }

    private static void signal(InterlockProcess interlock, String name) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(interlock.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }
}
