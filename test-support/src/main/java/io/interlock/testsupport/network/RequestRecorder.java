package io.interlock.testsupport.network;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Recorder of the request lines of HTTP connections, from the bytes as they pass. Requests must have no bodies. Safe
 * for use by several threads.
 */
public final class RequestRecorder {

    private final List<String> lines = new CopyOnWriteArrayList<>();

    /** Returns every request line so far, for example {@code GET /v1.41/info HTTP/1.1}. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** Returns a recorder for one more connection. */
    public Connection connection() {
        return new Connection();
    }

    /** Recorder for one connection; for one thread. */
    public final class Connection {

        private final StringBuilder line = new StringBuilder();
        private boolean inHead;

        private Connection() {}

        /** Takes the next bytes. */
        public void accept(byte[] bytes, int count) {
            for (int i = 0; i < count; i++) {
                char c = (char) (bytes[i] & 0xff);
                if (c == '\n') {
                    endLine(line.toString().strip());
                    line.setLength(0);
                } else {
                    line.append(c);
                }
            }
        }

        private void endLine(String text) {
            if (!inHead) {
                lines.add(text);
            }
            inHead = !text.isEmpty();
        }
    }
}
