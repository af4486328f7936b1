package io.interlock.app.admin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channel;
import java.time.Duration;

/** Closes a channel on which something takes too long; who reads or writes there gets an exception. */
final class Cutoff {

    private Cutoff() {}

    /** Something that reads or writes. */
    interface Work<T> {
        T done() throws IOException;
    }

    static <T> T after(Duration limit, Channel channel, Work<T> work) throws IOException {
        Thread timer = Thread.ofVirtual().name("cutoff").start(() -> {
            try {
                Thread.sleep(limit);
                channel.close();
            } catch (InterruptedException e) {
                // In time.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        try {
            return work.done();
        } finally {
            timer.interrupt();
        }
    }
}
