package io.interlock.stats.http;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Body of unknown length in chunks (RFC 9112 § 7.1). */
final class ChunkedOutputStream extends FilterOutputStream {

    private static final byte[] LINE = {'\r', '\n'};
    private static final byte[] LAST = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final byte[] chunk;
    private int size;

    ChunkedOutputStream(OutputStream out, int largest) {
        super(out);
        this.chunk = new byte[largest];
    }

    @Override
    public void write(int b) throws IOException {
        if (size == chunk.length) {
            writeChunk();
        }
        chunk[size++] = (byte) b;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        int at = from;
        int left = length;
        while (left > 0) {
            if (size == chunk.length) {
                writeChunk();
            }
            int part = Math.min(left, chunk.length - size);
            System.arraycopy(bytes, at, chunk, size, part);
            size += part;
            at += part;
            left -= part;
        }
    }

    @Override
    public void flush() throws IOException {
        writeChunk();
        out.flush();
    }

    /** Writes the end of the body. Without it the client does not take the body for complete. */
    void end() throws IOException {
        writeChunk();
        out.write(LAST);
    }

    private void writeChunk() throws IOException {
        if (size > 0) {
            out.write(Integer.toHexString(size).getBytes(StandardCharsets.US_ASCII));
            out.write(LINE);
            out.write(chunk, 0, size);
            out.write(LINE);
            size = 0;
        }
    }
}
