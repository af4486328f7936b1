package io.interlock.app.config.pem;

import io.interlock.util.PemText;
import java.io.IOException;
import java.nio.file.Path;

/** Source of PEM text: a file, which is read each time so that a rotated file takes effect, or the configuration. */
public sealed interface PemSource {

    /**
     * Returns the current text.
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

    /** PEM text in the configuration itself. It may be a private key, so {@code toString} does not show it. */
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
