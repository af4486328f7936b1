package io.interlock.util;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class Sha256Test {

    /** Example of FIPS 180-4. */
    private static final String OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void aTextHasTheHashOfTheStandard() {
        assertThat(new Sha256().add("a").add("bc").hex()).isEqualTo(OF_ABC);
        assertThat(Sha256.hex("abc", 8)).isEqualTo("ba7816bf");
    }

    @Test
    void aStreamIsHashedWhileItPasses() throws IOException {
        Sha256 hash = new Sha256();
        ByteArrayOutputStream passed = new ByteArrayOutputStream();
        try (OutputStream out = hash.through(passed)) {
            out.write("abc".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(passed).hasToString("abc");
        assertThat(hash.hex()).isEqualTo(OF_ABC);
    }

    @Test
    void textsThatAreCutOtherwiseHaveAnotherName() {
        assertThat(Sha256.nameOf("ab", "c")).hasSize(16).isNotEqualTo(Sha256.nameOf("a", "bc"));
    }
}
