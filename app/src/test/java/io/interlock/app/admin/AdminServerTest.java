package io.interlock.app.admin;

import static io.interlock.app.topology.ContainerFactsBuilder.web;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.interlock.app.status.StatusFixture;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@Tag("unit")
class AdminServerTest {

    private final StatusFixture statusService = new StatusFixture();
    private final StubAdminService adminService = new StubAdminService(statusService);
    private Path folder;
    private AdminServer server;
    private AdminClient client;

    /** Uses a short path, as sockets need it. */
    @BeforeEach
    void start() throws IOException {
        folder = Files.createTempDirectory("il-");
        server = AdminServer.start(folder, adminService).orElseThrow();
        client = new AdminClient(folder);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        statusService.close();
        Files.deleteIfExists(AdminSocketPath.of(folder));
        Files.delete(folder);
    }

    @Test
    void onlyItsOwnerMayOpenTheSocketAndNothingElseIsLeftBesideIt() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(AdminSocketPath.of(folder))))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(AdminSocketPath.of(folder));
        }
    }

    @Test
    void everyQuestionHasADocument() throws IOException {
        statusService.runs(web("www.example.com"));
        JsonNode status = client.ask(AdminCommands.STATUS);
        assertThat(status.path("running").asBoolean()).isTrue();
        assertThat(status.path("load_balancers").path(0).path("state").asText()).isEqualTo("serving");
        assertThat(status.path("containers").path("served").asInt()).isEqualTo(1);
        JsonNode route = client.ask(AdminCommands.ROUTES).path("routes").path(0);
        assertThat(route.path("host_names").path(0).asText()).isEqualTo("www.example.com");
        assertThat(route.path("servers").path(0).path("server").path("address").asText())
                .isEqualTo("172.17.0.2");
        assertThat(client.ask(AdminCommands.PLUGINS)
                        .path("plugins")
                        .path(0)
                        .path("id")
                        .asText())
                .isEqualTo("haproxy");
        assertThat(client.ask(AdminCommands.EXPLAIN + " www.example.com")
                        .path("verdict")
                        .asText())
                .isEqualTo("served");
        assertThat(client.ask(AdminCommands.EVENTS).path("events").isArray()).isTrue();
        assertThat(client.ask(AdminCommands.RENDER)
                        .path("load_balancers")
                        .path("haproxy")
                        .path("files"))
                .hasSize(3);
        assertThat(client.ask(AdminCommands.LOG_LEVEL + " debug").path("level").asText())
                .isEqualTo("debug");
        assertThat(adminService.levels).containsExactly("debug");
    }

    @Test
    void whatCannotBeAnsweredIsSaid() throws IOException {
        assertThat(AdminCommands.error(client.ask("drop tables"))).contains("not a question that this Interlock knows");
        assertThat(AdminCommands.error(client.ask(AdminCommands.LOG_LEVEL + " loud")))
                .contains("not a log level");
        assertThat(AdminCommands.error(client.ask(AdminCommands.STATUS))).isEmpty();
    }

    @Test
    void aQuestionThatNeverEndsIsNotWaitedFor() throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(AdminSocketPath.of(folder)));
            channel.write(
                    ByteBuffer.wrap("x".repeat(AdminConnection.LONGEST_QUESTION).getBytes(StandardCharsets.UTF_8)));
            assertThat(Channels.newInputStream(channel).readAllBytes()).isEmpty();
        }
        assertThat(client.ask(AdminCommands.STATUS).has("version")).isTrue();
    }

    @Test
    void whoAsksNothingKeepsOthersWaitingForSecondsOnly() throws IOException {
        List<SocketChannel> silent = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            channel.connect(UnixDomainSocketAddress.of(AdminSocketPath.of(folder)));
            silent.add(channel);
        }

        assertThat(client.ask(AdminCommands.STATUS).has("version")).isTrue();
        for (SocketChannel channel : silent) {
            channel.close();
        }
    }

    @Test
    void whoFollowsGetsWhatWasAndWhatComes() throws IOException {
        statusService.runs(web("www.example.com"));
        List<String> kinds = new ArrayList<>();
        client.follow(AdminCommands.EVENTS + " " + AdminCommands.FOLLOW, event -> {
            kinds.add(event.path("kind").asText());
            if (event.path("kind").asText().equals("server_added")) {
                statusService.runs(web("www.example.com").stopping());
            }
            return !event.path("kind").asText().equals("server_draining");
        });
        assertThat(kinds).contains("applied", "server_added").endsWith("server_draining");
    }

    @Test
    void aSocketThatAKilledOneLeftIsReplaced() throws IOException {
        server.close();
        try (ServerSocketChannel left = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            left.bind(UnixDomainSocketAddress.of(AdminSocketPath.of(folder)));
        }
        assertThatExceptionOfType(AdminClient.NotRunningException.class).isThrownBy(() -> client.ask("status"));
        server = AdminServer.start(folder, adminService).orElseThrow();
        assertThat(client.ask(AdminCommands.STATUS).has("version")).isTrue();
    }

    @Test
    void whereNobodyListensThatIsSaid() {
        server.close();
        assertThatExceptionOfType(AdminClient.NotRunningException.class)
                .isThrownBy(() -> client.ask(AdminCommands.STATUS))
                .withMessageContaining("control.sock");
    }

    @Test
    void aPathThatIsTooLongForASocketIsToldAndDoesNotKeepInterlockFromRunning() throws IOException {
        Path deep = Files.createDirectories(folder.resolve("x".repeat(120)));
        assertThat(AdminServer.start(deep, adminService)).isEmpty();
        try (Stream<Path> files = Files.list(deep)) {
            assertThat(files).isEmpty();
        }
        Files.delete(deep);
    }
}
