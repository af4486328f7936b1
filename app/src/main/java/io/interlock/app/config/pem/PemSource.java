package io.interlock.app.config.pem;

import io.interlock.util.PemText;
import java.io.IOException;
import java.nio.file.Path;

/** Where PEM text comes from: a file, read anew each time so that a rotated one is picked up, or the configuration. */
public sealed interface PemSource {

    /**
     * The text as it is now.
     *
     * @throws IOException if the file cannot be read
     */
    String read() throws IOException;

    /** PEM text in a file. */
    record File(Path path) implements PemSource {
        @Override
        public String read() throws IOException {
            return PemText.read(path);
        }
    }

    /** PEM text in the configuration itself; may be a private key, so it never shows. */
    record Text(String pem) implements PemSource {
        @Override
        public String read() {
            return pem;
        }

        @Override
        public String toString() {
            return "Text[…]";
        }
    }
}
