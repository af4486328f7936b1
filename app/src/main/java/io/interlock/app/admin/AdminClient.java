package io.interlock.app.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.interlock.util.ErrorMessages;
import io.interlock.util.TimeLimit;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;

/** Sends commands to a running Interlock. */
public final class AdminClient {

    /** Time limit for an answer; longer than a reload waits for plugins. */
    private static final Duration ANSWER = Duration.ofMinutes(3);

    private final Path socket;

    /**
     * @param dataDirectory the data folder of the Interlock to ask
     */
    public AdminClient(Path dataDirectory) {
        this.socket = AdminSocketPath.of(dataDirectory);
    }

    /** Thrown when no Interlock listens on the socket. */
    public static final class NotRunningException extends IOException {
        private static final long serialVersionUID = 1L;

        NotRunningException(String message) {
            super(message);
        }
    }

    /**
     * Sends a command and returns its answer.
     *
     * @throws NotRunningException if no Interlock runs there
     * @throws IOException if there was no answer
     */
    public JsonNode ask(String question) throws IOException {
        try (SocketChannel channel = connect()) {
            String answer = TimeLimit.during(ANSWER, () -> {
                send(channel, question);
                return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
            });
            if (answer.isBlank()) {
                throw new IOException("Interlock did not answer");
            }
            return AdminJsonMapper.parse(answer);
        }
    }

    /**
     * Passes each document of an endless answer to a consumer, until the answer ends.
     *
     * @param taker returns whether to continue
     */
    public void follow(String question, Predicate<JsonNode> taker) throws IOException {
        try (SocketChannel channel = connect()) {
            send(channel, question);
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank() && !taker.test(AdminJsonMapper.parse(line))) {
                    return;
                }
            }
        }
    }

    private SocketChannel connect() throws IOException {
        if (!Files.exists(socket)) {
            throw new NotRunningException("there is no " + socket);
        }
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return channel;
        } catch (ConnectException e) {
            channel.close();
            throw new NotRunningException("nobody listens at " + socket);
        } catch (SocketException e) {
            channel.close();
            // The JDK reports all other causes in the same way.
            throw new IOException(
                    "cannot connect to " + socket + ": " + ErrorMessages.reason(e)
                            + (Files.isWritable(socket) ? "" : "; only the user that runs Interlock may"),
                    e);
        }
    }

    private static void send(SocketChannel channel, String question) throws IOException {
        ByteBuffer line = ByteBuffer.wrap((question.replace('\n', ' ') + "\n").getBytes(StandardCharsets.UTF_8));
        while (line.hasRemaining()) {
            channel.write(line);
        }
    }
}
