package io.interlock.app.docker.json;

import java.io.IOException;
import java.io.InputStream;

/**
 * Shortens the strings of a stream of JSON while it passes, so that no parser ever holds a longer one. A shortened
 * string ends with {@link #CUT}. The number of bytes is limited, too. Not safe for several threads.
 */
final class JsonStringLimiter extends InputStream {

    /** Last character of a string that was shortened. No variable or argument of a process can contain it. */
    static final char CUT = '\0';

    private static final byte[] CUT_ESCAPE = {'\\', 'u', '0', '0', '0', '0'};
    private static final int BUFFER = 16_384;
    private static final int UNICODE_DIGITS = 4;
    private static final int CONTINUATION_MASK = 0xC0;
    private static final int CONTINUATION = 0x80;

    private final InputStream in;
    private final int maxString;
    private final long maxBytes;
    private final byte[] source = new byte[BUFFER];
    private final byte[] output = new byte[BUFFER + CUT_ESCAPE.length];
    private int outputAt;
    private int outputEnd;

    private long bytes;
    private boolean inString;
    /** Bytes that were passed of the current string; more than the maximum while the rest is dropped. */
    private int length;

    private boolean dropping;
    private boolean afterBackslash;
    /** Digits of an escape that are still to come. */
    private int digits;

    JsonStringLimiter(InputStream in, int maxString, long maxBytes) {
        this.in = in;
        this.maxString = maxString;
        this.maxBytes = maxBytes;
    }

    /** Starts to count bytes anew. */
    void restart() {
        bytes = 0;
    }

    @Override
    public int read() throws IOException {
        return fill() ? output[outputAt++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
        if (count == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int copied = Math.min(count, outputEnd - outputAt);
        System.arraycopy(output, outputAt, into, offset, copied);
        outputAt += copied;
        return copied;
    }

    private boolean fill() throws IOException {
        while (outputAt == outputEnd) {
            int count = in.read(source);
            if (count < 0) {
                return false;
            }
            bytes += count;
            if (bytes > maxBytes) {
                throw new IOException("the answer is longer than " + maxBytes + " bytes");
            }
            outputAt = 0;
            outputEnd = 0;
            for (int i = 0; i < count; i++) {
                pass(source[i]);
            }
        }
        return true;
    }

    private void pass(byte next) {
        if (!inString) {
            inString = next == '"';
            length = 0;
            put(next);
            return;
        }
        boolean ends = next == '"' && !afterBackslash;
        boolean isBetween = !afterBackslash && digits == 0 && (next & CONTINUATION_MASK) != CONTINUATION;
        if (!ends && !dropping && length >= maxString && isBetween) {
            dropping = true;
            for (byte part : CUT_ESCAPE) {
                put(part);
            }
        }
        if (digits > 0) {
            digits--;
        }
        if (afterBackslash) {
            afterBackslash = false;
            digits = next == 'u' ? UNICODE_DIGITS : 0;
        } else {
            afterBackslash = next == '\\';
        }
        if (ends) {
            inString = false;
            dropping = false;
            digits = 0;
        }
        if (!dropping) {
            length++;
            put(next);
        }
    }

    private void put(byte next) {
        output[outputEnd++] = next;
    }
}
