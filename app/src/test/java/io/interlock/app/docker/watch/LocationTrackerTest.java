package io.interlock.app.docker.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.app.docker.client.EngineEvent;
import io.interlock.app.docker.client.EngineEvent.Kind;
import io.interlock.app.inventory.NetworkLocation;
import io.interlock.app.inventory.NetworkLocation.OwnContainer;
import io.interlock.app.inventory.NetworkLocation.Separate;
import io.interlock.app.inventory.NetworkLocation.Separation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class LocationTrackerTest {

    private static final NetworkLocation GUESS = new NetworkLocation.InContainer(Set.of(), Optional.empty());

    private final LocationTracker tracker = new LocationTracker();

    @Test
    void aGuessIsDetectedAgainOnceAtATimeUntilItIsProven() {
        assertThat(tracker.beginsGuess()).as("nothing was detected yet").isFalse();
        assertThat(tracker.detected(GUESS)).isTrue();

        assertThat(tracker.beginsGuess()).isTrue();
        assertThat(tracker.beginsGuess()).as("under way").isFalse();
        assertThat(tracker.detected(GUESS)).as("the same again").isFalse();
        assertThat(tracker.beginsGuess()).isTrue();
        assertThat(tracker.detected(new NetworkLocation.OnHost())).isTrue();
        assertThat(tracker.beginsGuess()).as("proven").isFalse();
    }

    @Test
    void anEngineInAnotherNamespaceIsAGuessAndOtherSeparationsAreNot() {
        tracker.detected(new Separate(Separation.NAMESPACE, "", List.of(), false));
        assertThat(tracker.beginsGuess()).isTrue();
        tracker.detected(new Separate(Separation.ROOTLESS, "", List.of(), false));
        assertThat(tracker.beginsGuess()).isFalse();
    }

    @Test
    void onlyNetworksOfInterlocksOwnContainerMatter() {
        tracker.detected(new NetworkLocation.InContainer("own", Set.of(), Optional.empty(), OwnContainer.NONE));

        assertThat(tracker.dependsOn(event(Kind.NETWORK, "own"))).isTrue();
        assertThat(tracker.dependsOn(event(Kind.NETWORK, "other"))).isFalse();
        assertThat(tracker.dependsOn(event(Kind.STARTED, "own"))).isFalse();
        tracker.detected(GUESS);
        assertThat(tracker.dependsOn(event(Kind.NETWORK, ""))).isFalse();
    }

    private static EngineEvent event(Kind kind, String container) {
        return new EngineEvent(kind, container, Instant.EPOCH, "");
    }
}
