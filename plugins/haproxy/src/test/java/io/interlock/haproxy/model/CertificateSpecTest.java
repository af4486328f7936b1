package io.interlock.haproxy.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class CertificateSpecTest {

    /** HAProxy identifies a line of its list by the certificate, so only one can be removed while it runs. */
    @Test
    void aCertificateOfAtMost200NamesChangesWithoutAReload() {
        assertThat(certificate(200, 1_000, "h%d.example.com").fitsRuntime()).isTrue();
        assertThat(certificate(201, 1_000, "h%d.example.com").fitsRuntime()).isFalse();
        assertThat(certificate(201, 1_000, "h%d.example.com").lines()).hasSize(2);
    }

    @Test
    void whatDoesNotFitIntoHaproxysBufferNeedsAReload() {
        assertThat(certificate(1, 12_000, "h%d.example.com").fitsRuntime()).isTrue();
        assertThat(certificate(1, 12_001, "h%d.example.com").fitsRuntime()).isFalse();
        assertThat(certificate(200, 1_000, "h%d." + "a.".repeat(30) + "example.com")
                        .fitsRuntime())
                .isFalse();
    }

    private static CertificateSpec certificate(int names, long size, String pattern) {
        return new CertificateSpec(
                "id",
                "/path",
                "/source",
                size,
                "",
                IntStream.range(0, names).mapToObj(pattern::formatted).toList());
    }
}
