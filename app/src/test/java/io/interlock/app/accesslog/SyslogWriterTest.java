package io.interlock.app.accesslog;

import static io.interlock.app.AwaitTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.app.accesslog.LineWriter.Line;
import io.interlock.app.config.accesslog.AccessLogConfig.LineFormat;
import io.interlock.app.config.accesslog.AccessLogTarget.SyslogServer;
import io.interlock.app.config.accesslog.AccessLogTarget.Transport;
import io.interlock.app.config.accesslog.RequestFilter;
import io.interlock.testsupport.network.SyslogReceiver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Syslog over UDP and TCP; AccessLogIT has TLS. */
@Timeout(120)
@Tag("unit")
class SyslogWriterTest {

    @Test
    void aMessageHasTheHeaderOfRfc5424AndInAStreamItsLengthInBytes() {
        SyslogMessage messages = new SyslogMessage("host", 7);
        Line line = new Line("caf\u00e9", 1_700_000_000_042L);

        String expected = "<134>1 2023-11-14T22:13:20.042Z host interlock 7 access - caf\u00e9";
        assertThat(messages.of(line)).isEqualTo(expected.getBytes(StandardCharsets.UTF_8));
        assertThat(new String(messages.counted(line), StandardCharsets.UTF_8))
                .isEqualTo((expected.length() + 1) + " " + expected);
    }

    @Test
    void eachLineIsADatagram() throws Exception {
        try (SyslogReceiver receiver = new SyslogReceiver()) {
            String[] address = receiver.address().split(":");
            LogDestination destination = destination(Transport.UDP, Integer.parseInt(address[1]));
            destination.offer(SampleEntries.entry("/1"));
            destination.offer(SampleEntries.entry("/2"));

            await().until(() -> receiver.linesWith("GET /2 ").size() == 1);
            assertThat(receiver.linesWith("<134>1 ")).hasSize(2);
            destination.close();
        }
    }

    @Test
    void aServerThatComesBackGetsTheFollowingLines() throws Exception {
        int port;
        LogDestination destination;
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            port = server.getLocalPort();
            destination = destination(Transport.TCP, port);
            destination.offer(SampleEntries.entry("/1"));
            try (Socket client = server.accept()) {
                assertThat(message(client)).contains("GET /1 ");
            }
        }
        destination.offer(SampleEntries.entry("/lost?"));
        await().until(() ->
                !destination.status().reason().isEmpty() || destination.status().written() == 2);
        try (ServerSocket server = new ServerSocket(port, 5, InetAddress.getLoopbackAddress())) {
            destination.offer(SampleEntries.entry("/2"));
            try (Socket client = server.accept()) {
                String first = message(client);
                assertThat(first.contains("GET /2 ") ? first : message(client)).contains("GET /2 ");
            }
        }
        destination.close();
        assertThat(destination.status().written() + destination.status().dropped())
                .isEqualTo(3);
    }

    @Test
    void aServerThatReadsNothingHoldsNothingUp() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            LogDestination destination = destination(Transport.TCP, server.getLocalPort());
            for (int i = 0; i < 60_000; i++) {
                destination.offer(SampleEntries.entry("/" + i));
            }
            assertThat(destination.status().dropped()).isPositive();
            destination.close();
        }
    }

    /** Reads one message with its length before it. */
    private static String message(Socket client) throws IOException {
        int length = 0;
        for (int c = client.getInputStream().read();
                c != ' ';
                c = client.getInputStream().read()) {
            length = length * 10 + c - '0';
        }
        return new String(client.getInputStream().readNBytes(length), StandardCharsets.UTF_8);
    }

    private static LogDestination destination(Transport transport, int port) {
        SyslogServer server = new SyslogServer("x", transport, "127.0.0.1", port, Optional.empty());
        LogDestination destination = new LogDestination(
                "test",
                SampleEntries.config(server, LineFormat.HAPROXY, RequestFilter.ALL),
                transport == Transport.UDP ? new SyslogDatagramWriter(server) : new SyslogStreamWriter(server),
                true);
        destination.start();
        return destination;
    }
}
