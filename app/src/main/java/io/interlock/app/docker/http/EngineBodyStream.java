package io.interlock.app.docker.http;

import io.interlock.app.docker.http.EngineResponseHead.LineReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Body of an engine's response, without its framing. A body that ends early is an error. Not safe for several threads.
 */
final class EngineBodyStream extends InputStream {

    private static final int MAX_LINE = 1_024;
    private static final int MAX_TRAILERS = 65_536;
    private static final long UNTIL_CLOSE = -1;
    private static final int MAX_HEX_DIGITS = 15;

    private final InputStream in;
    private final boolean chunked;
    private final Runnable atEnd;
    /** Bytes that remain of the body, or of the chunk. */
    private long left;

    private boolean ended;
    private boolean started;

    /**
     * @param atEnd called once, after the last byte of a body that leaves the connection usable
     */
    EngineBodyStream(InputStream in, EngineResponseHead head, Runnable atEnd) throws IOException {
        this.in = in;
        String coding = head.header("transfer-encoding").orElse("identity");
        this.chunked = coding.equalsIgnoreCase("chunked");
        if (!chunked && !coding.equalsIgnoreCase("identity")) {
            throw new IOException("the answer has a transfer encoding that was not requested");
        }
        if (!head.header("content-encoding").orElse("identity").equalsIgnoreCase("identity")) {
            throw new IOException("the answer is compressed, which was not requested");
        }
        this.left = chunked ? 0 : length(head);
        this.atEnd = left == UNTIL_CLOSE ? () -> {} : atEnd;
        if (left == 0 && !chunked) {
            end();
        }
    }

    private static long length(EngineResponseHead head) throws IOException {
        String length = head.header("content-length").orElse("");
        if (head.header("transfer-encoding").isPresent() || length.isEmpty()) {
            return head.status() == 204 ? 0 : UNTIL_CLOSE;
        }
        if (!length.matches("[0-9]{1,18}")) {
            throw new IOException("the answer has a malformed length");
        }
        return Long.parseLong(length);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (ended || length == 0) {
            return ended ? -1 : 0;
        }
        if (chunked && left == 0) {
            nextChunk();
            if (ended) {
                return -1;
            }
        }
        int count = in.read(into, offset, left == UNTIL_CLOSE ? length : (int) Math.min(length, left));
        if (count < 0) {
            if (left != UNTIL_CLOSE) {
                throw new EOFException("the engine closed the connection before the end of its answer");
            }
            end();
            return -1;
        }
        if (left != UNTIL_CLOSE) {
            left -= count;
        }
        if (left == 0 && !chunked) {
            end();
        }
        return count;
    }

    private void nextChunk() throws IOException {
        LineReader lines = new LineReader(in, MAX_LINE);
        if (started && !lines.next().isEmpty()) {
            throw new IOException("the answer has a malformed chunk");
        }
        started = true;
        String size = lines.next().split(";", 2)[0].strip();
        if (size.isEmpty() || size.length() > MAX_HEX_DIGITS || !size.matches("[0-9a-fA-F]+")) {
            throw new IOException("the answer has a malformed chunk");
        }
        left = Long.parseLong(size, 16);
        if (left == 0) {
            LineReader trailers = new LineReader(in, MAX_TRAILERS);
            while (!trailers.next().isEmpty()) {
                // Trailers say nothing that matters.
            }
            end();
        }
    }

    private void end() {
        if (!ended) {
            ended = true;
            atEnd.run();
        }
    }
}
