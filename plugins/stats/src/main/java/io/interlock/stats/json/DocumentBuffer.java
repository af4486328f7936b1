package io.interlock.stats.json;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** Document in memory, in blocks: it grows without copies, and its end has no copy either. Written by one thread. */
public final class DocumentBuffer extends OutputStream {

    private static final int BLOCK = 64 << 10;

    private final List<byte[]> full = new ArrayList<>();
    private byte[] block = new byte[BLOCK];
    private int size;

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        int at = from;
        int left = length;
        while (left > 0) {
            if (size == BLOCK) {
                full.add(block);
                block = new byte[BLOCK];
                size = 0;
            }
            int part = Math.min(left, BLOCK - size);
            System.arraycopy(bytes, at, block, size, part);
            size += part;
            at += part;
            left -= part;
        }
    }

    /** Writes all to the stream; for any number of threads once it is complete. */
    public void writeTo(OutputStream out) throws IOException {
        for (byte[] each : full) {
            out.write(each);
        }
        out.write(block, 0, size);
    }
}
