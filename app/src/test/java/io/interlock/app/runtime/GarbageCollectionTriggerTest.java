package io.interlock.app.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class GarbageCollectionTriggerTest {

    @ParameterizedTest
    @CsvSource({
        // MB that survived the last full collection, MB used now
        "10, 20, false",
        "10, 26, false",
        "10, 27, true",
        "0, 16, false",
        "0, 17, true",
        "60, 110, false",
        "60, 121, true",
    })
    void aFullCollectionIsWorthItsPauseWhenMostOfTheOldGenerationIsLikelyToHaveDied(
            long survived, long used, boolean worthwhile) {
        assertThat(GarbageCollectionTrigger.isWorthwhile(survived << 20, used << 20))
                .isEqualTo(worthwhile);
    }
}
