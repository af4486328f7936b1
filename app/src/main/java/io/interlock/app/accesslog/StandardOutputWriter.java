package io.interlock.app.accesslog;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writer of lines to standard output, where Interlock's own log goes, too: each write is of whole lines. */
record StandardOutputWriter(PrintStream out) implements LineWriter {

    @Override
    public int write(List<Line> lines) throws IOException {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line.text()).append('\n'));
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        out.write(bytes, 0, bytes.length);
        if (out.checkError()) {
            throw new IOException("standard output cannot be written");
        }
        return lines.size();
    }

    @Override
    public void close() {
        out.flush();
    }
}
