package io.interlock.app.accesslog;

import java.io.IOException;
import java.util.List;

/** Writer to one destination, confined to the thread of the destination. */
interface LineWriter extends AutoCloseable {

    /**
     * Line of a request.
     *
     * @param text without its end
     * @param time when the request began, in milliseconds since 1970
     */
    record Line(String text, long time) {}

    /**
     * Prepares to write: opens a file, connects. Does nothing if that is done already.
     *
     * @throws IOException if it is not possible at present; nothing is lost
     */
    default void open() throws IOException {}

    /**
     * Writes lines.
     *
     * @return how many were written
     * @throws IOException if some or all of them are lost
     */
    int write(List<Line> lines) throws IOException;

    @Override
    void close();
}
