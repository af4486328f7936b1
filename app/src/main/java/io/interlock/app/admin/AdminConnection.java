package io.interlock.app.admin;

import io.interlock.api.status.InterlockEvent;
import io.interlock.app.status.InterlockEventLog;
import io.interlock.util.TimeLimit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Connection of one client: one command and its answer. A slow client is disconnected. */
final class AdminConnection {

    static final int LONGEST_QUESTION = 4_096;
    private static final Duration TIME_TO_ASK = Duration.ofSeconds(5);
    private static final Duration TIME_TO_TAKE = Duration.ofSeconds(10);

    /** How long to wait for an event before checking that the client is still connected. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    private final SocketChannel client;
    private final AdminCommands questions;
    private final InterlockEventLog events;
    private final RequestLogStream requests;

    AdminConnection(
            SocketChannel client, AdminCommands questions, InterlockEventLog events, RequestLogStream requests) {
        this.client = client;
        this.questions = questions;
        this.events = events;
        this.requests = requests;
    }

    void serve() throws IOException, InterruptedException {
        String question = TimeLimit.during(TIME_TO_ASK, this::read);
        if (question.equals(AdminCommands.EVENTS + " " + AdminCommands.FOLLOW)) {
            follow();
        } else if (question.startsWith(AdminCommands.LOGS + " ")) {
            requests.answer(question, HEARTBEAT, this::write);
        } else {
            write(questions.answer(question).toString() + "\n");
        }
    }

    private String read() throws IOException {
        ByteBuffer line = ByteBuffer.allocate(LONGEST_QUESTION);
        while (line.hasRemaining() && client.read(line) >= 0) {
            String text = new String(line.array(), 0, line.position(), StandardCharsets.UTF_8);
            int end = text.indexOf('\n');
            if (end >= 0) {
                return text.substring(0, end).strip();
            }
        }
        throw new IOException("no question");
    }

    /** Sends events until the client disconnects. An empty line detects that. */
    private void follow() throws IOException, InterruptedException {
        long seen = 0;
        while (true) {
            List<InterlockEvent> more = events.after(seen, HEARTBEAT);
            StringBuilder lines = new StringBuilder();
            for (InterlockEvent event : more) {
                seen = event.sequence();
                lines.append(AdminJsonMapper.line(event)).append('\n');
            }
            write(more.isEmpty() ? "\n" : lines.toString());
        }
    }

    private void write(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        boolean unused = TimeLimit.during(TIME_TO_TAKE, () -> {
            while (bytes.hasRemaining()) {
                client.write(bytes);
            }
            return true;
        });
    }
}
