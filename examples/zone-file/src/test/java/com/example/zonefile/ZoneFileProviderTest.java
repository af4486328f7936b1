package com.example.zonefile;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.dns.ChallengeRecord;
import org.junit.jupiter.api.Test;

class ZoneFileProviderTest {

    @Test
    void aLineIsARecordOfAZoneFile() {
        String value = "v".repeat(43);
        ChallengeRecord record = new ChallengeRecord("example.com", "_acme-challenge.www.example.com", value);

        assertThat(ZoneFileProvider.line(record))
                .isEqualTo("_acme-challenge.www.example.com. TXT \"" + value + "\"");
    }
}
