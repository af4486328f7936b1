package io.interlock.haproxy.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class BackgroundFileWriterTest {

    @ParameterizedTest
    @CsvSource({"1, 1000", "100, 1900", "700, 13300", "20000, 30000"})
    void filesTakeATwentiethOfTheTimeButAreNeverLongOutOfDate(long took, long rest) {
        assertThat(BackgroundFileWriter.rest(Duration.ofMillis(took), Duration.ofSeconds(1)))
                .isEqualTo(Duration.ofMillis(rest));
    }
}
