package io.interlock.util;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class TextFileReaderTest {

    @TempDir
    private Path folder;

    @Test
    void aFileIsReadUpToItsLimit() throws IOException {
        Path file = Files.writeString(folder.resolve("f"), "ä".repeat(5));

        assertThat(read(file, 10)).isEqualTo("ä".repeat(5));
        assertThatIOException()
                .isThrownBy(() -> read(file, 9))
                .satisfies(e -> assertThat(ErrorMessages.reasonAt(file, e)).isEqualTo("is larger than 9 bytes"));
    }

    @Test
    void whatMayHaveNoEndIsNotRead() {
        Path device = Path.of("/dev/zero");
        assertThatIOException()
                .isThrownBy(() -> read(device, 10))
                .satisfies(e -> assertThat(ErrorMessages.reasonAt(device, e)).isEqualTo("is not a regular file"));
        assertThatIOException().isThrownBy(() -> read(folder, 10)).withMessageContaining("is not a regular file");
    }

    @Test
    void whatIsMissingOrNoTextIsTold() throws IOException {
        assertThatIOException()
                .isThrownBy(() -> read(folder.resolve("none"), 10))
                .isInstanceOf(NoSuchFileException.class);
        Path file = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xFF});
        assertThatIOException().isThrownBy(() -> read(file, 10)).isInstanceOf(CharacterCodingException.class);
    }

    private static String read(Path file, int most) throws IOException {
        return TextFileReader.read(file, most, StandardCharsets.UTF_8);
    }
}
