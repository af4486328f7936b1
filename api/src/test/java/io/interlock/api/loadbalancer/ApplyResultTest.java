package io.interlock.api.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class ApplyResultTest {

    @Test
    void omissionsAreCopied() {
        List<Omission> omissions = new ArrayList<>();
        omissions.add(new Omission("x", Optional.empty(), "check", "y", "because"));
        ApplyResult.Applied applied = new ApplyResult.Applied(ApplyResult.ApplyMethod.RELOAD, Duration.ZERO, omissions);
        ApplyResult.Unchanged unchanged = new ApplyResult.Unchanged(omissions);
        omissions.clear();

        assertThat(applied.omissions()).hasSize(1).isUnmodifiable();
        assertThat(unchanged.omissions()).hasSize(1).isUnmodifiable();
    }
}
