package io.interlock.util;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reader of text files of a limited size. Pipes and devices, which may have no end, are not read. */
public final class TextFileReader {

    private TextFileReader() {}

    /**
     * Reads a whole file.
     *
     * @param mostBytes the maximum size
     * @throws FileSystemException if it is no regular file or larger; other files may change while they are read
     * @throws IOException if it cannot be read, or is not text of that encoding
     */
    public static String read(Path file, int mostBytes, Charset charset) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new FileSystemException(file.toString(), null, "is not a regular file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(mostBytes + 1);
            if (bytes.length > mostBytes) {
                throw new FileSystemException(file.toString(), null, "is larger than " + mostBytes + " bytes");
            }
            return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        }
    }
}
