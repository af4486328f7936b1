package io.interlock.util;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class PemTextTest {

    private static final byte[] DER = {1, 2, 3};

    @Test
    void aBlockIsReadAsItIsWritten() throws GeneralSecurityException {
        String text = "comment\n" + PemText.block("A", DER) + PemText.block("B", new byte[100]);

        assertThat(PemText.first(text, "A"::equals).orElseThrow().der()).isEqualTo(DER);
        assertThat(PemText.first(text, "B"::equals).orElseThrow().der()).isEqualTo(new byte[100]);
        assertThat(PemText.first(text, "C"::equals)).isEmpty();
        assertThat(text.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(65));
    }

    @Test
    void aBlockMayStandOnOneLine() throws GeneralSecurityException {
        String line = PemText.block("A", DER).replace('\n', ' ');

        assertThat(PemText.first(line, "A"::equals).orElseThrow().der()).isEqualTo(DER);
    }

    @Test
    void aBlockDoesNotShowItsContent() {
        PemText.Block block =
                PemText.first(PemText.block("PRIVATE KEY", DER), any -> true).orElseThrow();

        assertThat(block).hasToString("Block[PRIVATE KEY]");
    }

    @Test
    void commentsMayBeInAnyEncoding(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("x.pem");
        Files.write(file, ("ü\n" + PemText.block("A", DER)).getBytes(StandardCharsets.ISO_8859_1));

        assertThat(PemText.first(PemText.read(file), "A"::equals)).isPresent();
    }

    @Test
    void aFileThatIsTooLargeIsNotRead(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("x.pem"), new byte[PemText.MAX_FILE + 1]);

        assertThatThrownBy(() -> PemText.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is larger than 4194304 bytes");
    }

    @Test
    void aBlockEndsAtTheFirstEndOfItsLabel() {
        String text = "-----BEGIN A-----\nAQ==\n-----END B-----\n" + PemText.block("A", DER) + PemText.block("B", DER);

        assertThat(PemText.first(text, "A"::equals).orElseThrow().body())
                .startsWith("\nAQ==\n-----END B-----")
                .endsWith("AQID\n");
        assertThat(PemText.first(text, "B"::equals).orElseThrow().body()).isEqualTo("\nAQID\n");
    }

    /** With a search for the end of each block, this takes hours. */
    @ParameterizedTest
    @ValueSource(
            strings = {"-----BEGIN A-----", "-----BEGIN A%d-----", "-----END A-----", "-----BEGIN A-----END A-----"})
    void manyBlocksAreReadInOnePass(String part) {
        String text = IntStream.range(0, PemText.MAX_FILE / 24)
                .mapToObj(part::formatted)
                .collect(Collectors.joining("\n"));

        assertThat(PemText.first(text, "CERTIFICATE"::equals)).isEmpty();
    }

    @Test
    void whatIsThereInsteadIsTold() {
        assertThat(PemText.without("A", "")).isEqualTo("text without a PEM block A");
        assertThat(PemText.without("A", PemText.block("B", DER) + PemText.block("C", DER)))
                .isEqualTo("text without a PEM block A, but with B, C");
        assertThat(PemText.without("A", "-\0-\0-\0-\0-\0B\0E\0G\0I\0N\0")).contains("UTF-16");
        assertThat(PemText.without("A", "0\u0082\u0003")).contains("DER");
    }

    @Test
    void damagedCertificatesAreTold() {
        assertThatThrownBy(() -> PemText.certificates(PemText.block("CERTIFICATE", DER)))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessage("a damaged certificate");
        assertThatThrownBy(() -> PemText.certificates("-----BEGIN CERTIFICATE-----A-----END CERTIFICATE-----"))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining("not Base64");
    }
}
