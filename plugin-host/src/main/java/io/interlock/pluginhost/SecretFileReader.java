package io.interlock.pluginhost;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads a file that contains one secret, as Docker and systemd provide them. */
public final class SecretFileReader {

    private static final int LONGEST = 10_000;

    private SecretFileReader() {}

    /**
     * Returns the content, without the end of the line that most editors add.
     *
     * @throws IOException if the file cannot be read, is longer than 10,000 bytes, or is not UTF-8 text; the message
     *     says what is there instead, and has nothing of the content
     */
    public static String read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LONGEST + 1);
            if (bytes.length > LONGEST) {
                throw new IOException("a file of more than " + LONGEST + " bytes");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString()
                    .replaceFirst("\r?\n\\z", "");
        } catch (NoSuchFileException e) {
            throw new IOException("no such file", e);
        } catch (AccessDeniedException e) {
            throw new IOException("a file that this user may not read", e);
        } catch (CharacterCodingException e) {
            throw new IOException("a file that is not UTF-8 text", e);
        }
    }
}
