package io.interlock.testsupport.network;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.interlock.testsupport.engine.KeytoolCertificate;
import io.interlock.testsupport.process.SystemProcesses;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Real certificate authority that speaks ACME, Let's Encrypt's Pebble, beside its own name server in which every name
 * leads to this machine. It asks for challenges at one port.
 */
public final class PebbleAcmeServer implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path folder;
    private final int directoryPort = PortAllocator.next();
    private final int managementPort = PortAllocator.next();
    private final String dnsServer;
    private final int namesPort = PortAllocator.next();
    private final Process names;
    private Process authority;

    private PebbleAcmeServer(
            Path folder, int httpPort, Duration validity, Map<String, String> externalKeys, Optional<String> dnsServer)
            throws Exception {
        this.folder = folder;
        String ownDnsServer = "127.0.0.1:" + PortAllocator.next();
        this.dnsServer = dnsServer.orElse(ownDnsServer);
        KeytoolCertificate own = KeytoolCertificate.selfSigned(folder, "pebble");
        Files.writeString(authority(), own.certificatePem());
        Files.writeString(folder.resolve("pebble.key"), own.keyPem());
        ObjectNode file = JSON.createObjectNode();
        ObjectNode pebble = file.putObject("pebble");
        pebble.put("listenAddress", "127.0.0.1:" + directoryPort)
                .put("managementListenAddress", "127.0.0.1:" + managementPort)
                .put("certificate", authority().toString())
                .put("privateKey", folder.resolve("pebble.key").toString())
                .put("httpPort", httpPort)
                .put("tlsPort", httpPort)
                .put("ocspResponderURL", "")
                .put("externalAccountBindingRequired", !externalKeys.isEmpty())
                .put("certificateValidityPeriod", validity.toSeconds());
        ObjectNode keys = pebble.putObject("externalAccountMACKeys");
        externalKeys.forEach(keys::put);
        JSON.writeValue(folder.resolve("pebble.json").toFile(), file);
        names = run(
                "names.log",
                "pebble-challtestsrv",
                "-dns01",
                ownDnsServer,
                "-management",
                "127.0.0.1:" + namesPort,
                "-http01=",
                "-https01=",
                "-tlsalpn01=",
                "-defaultIPv6=");
        authority = launch();
    }

    /**
     * Starts one and waits until it answers.
     *
     * @param folder for its files
     * @param httpPort the port at which it asks for challenges
     * @param validity the period for which its certificates are valid
     */
    public static PebbleAcmeServer start(Path folder, int httpPort, Duration validity) throws Exception {
        return start(folder, httpPort, validity, Map.of());
    }

    /**
     * Starts one that asks for external account binding, and waits until it answers.
     *
     * @param externalKeys keys in base64url by their names; empty: none are needed
     */
    public static PebbleAcmeServer start(Path folder, int httpPort, Duration validity, Map<String, String> externalKeys)
            throws Exception {
        PebbleAcmeServer pebble = new PebbleAcmeServer(folder, httpPort, validity, externalKeys, Optional.empty());
        pebble.awaitAnswers();
        return pebble;
    }

    /**
     * Starts one that asks another name server than its own, and waits until it answers.
     *
     * @param dnsServer the name server, as {@code IP:PORT}
     */
    public static PebbleAcmeServer startWithNames(Path folder, Duration validity, String dnsServer) throws Exception {
        PebbleAcmeServer pebble =
                new PebbleAcmeServer(folder, PortAllocator.next(), validity, Map.of(), Optional.of(dnsServer));
        pebble.awaitAnswers();
        return pebble;
    }

    /** Starts it again after {@link #stop}; it has forgotten all accounts and has another root certificate. */
    public void startAgain() throws IOException {
        authority = launch();
        awaitAnswers();
    }

    /** Ends it; its name server continues to run. */
    public void stop() {
        authority.destroyForcibly().onExit().join();
    }

    /** The address of its directory. */
    public String directory() {
        return "https://127.0.0.1:" + directoryPort + "/dir";
    }

    /** The port of its directory. */
    public int port() {
        return directoryPort;
    }

    /** The file with the certificate that it shows to its own clients. */
    public Path authority() {
        return folder.resolve("pebble.crt");
    }

    /** A new file with the root of the issued certificates. */
    public Path root() throws IOException {
        return root(0);
    }

    /**
     * A new file with the root of a chain.
     *
     * @param chain 0: the usual one, 1: the other one that is offered
     */
    public Path root(int chain) throws IOException {
        Path file = Files.createTempFile(folder, "root", ".pem");
        Files.writeString(
                file, SystemProcesses.run("curl", "-sSk", "https://127.0.0.1:" + managementPort + "/roots/" + chain));
        return file;
    }

    /** Sets the address of a name, until {@link #resetDnsRecord}. */
    public void setDnsRecord(String name, String address) throws IOException, InterruptedException {
        ObjectNode body = JSON.createObjectNode().put("host", name + ".");
        body.putArray("addresses").add(address);
        tell("add-a", body);
    }

    public void resetDnsRecord(String name) throws IOException, InterruptedException {
        tell("clear-a", JSON.createObjectNode().put("host", name + "."));
    }

    private void tell(String what, ObjectNode body) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + namesPort + "/" + what))
                    .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                    .build();
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException(what + ": " + response.statusCode() + " " + response.body());
            }
        }
    }

    private void awaitAnswers() {
        await("Pebble answers")
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> !SystemProcesses.run(
                                "curl", "-sSf", "--cacert", authority().toString(), directory())
                        .isEmpty());
    }

    private Process launch() throws IOException {
        return run(
                "pebble.log", "pebble", "-config", folder.resolve("pebble.json").toString(), "-dnsserver", dnsServer);
    }

    private Process run(String log, String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(command))
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve(log).toFile()));
        builder.environment().put("PEBBLE_VA_NOSLEEP", "1");
        builder.environment().put("PEBBLE_ALTERNATE_ROOTS", "1");
        return builder.start();
    }

    @Override
    public void close() {
        for (Process process : List.of(authority, names)) {
            process.destroyForcibly().onExit().join();
        }
    }
}
