package io.interlock.app.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.interlock.api.status.InterlockEvent;
import io.interlock.api.status.InterlockEvent.Kind;
import io.interlock.api.status.OwnerStatus;
import io.interlock.api.status.OwnerStatus.RefusedClaim;
import io.interlock.app.topology.ContainerFactsBuilder;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class OwnerStatusTest {

    private final StatusFixture fixture = new StatusFixture();

    @Test
    void ownersHaveTheirNamesAndTheClaimsThatWereRefused() {
        fixture.runs(container("v", "shop"), container("j", "other").label("interlock.release", "9"));

        assertThat(fixture.status.status().owners())
                .extracting(OwnerStatus::owner, OwnerStatus::names, OwnerStatus::refusals)
                .containsExactly(
                        tuple("project other", List.of(), 1L), tuple("project shop", List.of("www.example.com"), 0L));
        RefusedClaim claim =
                fixture.status.status().owners().getFirst().refused().getFirst();
        assertThat(claim.containerName()).isEqualTo("j");
        assertThat(claim.claimed()).isEqualTo("www.example.com");
        assertThat(claim.holders()).containsExactly("project shop");
        assertThat(claim.reason()).contains("www.example.com belongs to project shop; j of project other asked for it");
    }

    @Test
    void eachRefusedClaimIsAnEventAndIsCounted() {
        fixture.runs(container("v", "shop"), container("j", "other").label("interlock.release", "9"));
        await(1);
        fixture.runs(container("v", "shop"));
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> fixture.status.events().latest().stream()
                        .anyMatch(event -> event.kind() == Kind.PROBLEM_SOLVED));
        fixture.runs(container("v", "shop"), container("j", "other").label("interlock.release", "10"));
        fixture.runs(container("v", "shop"), container("j", "other").label("interlock.release", "9"));
        await(2);

        assertThat(refusals()).allSatisfy(event -> assertThat(event.subject()).isEqualTo("j"));
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> fixture.status.status().owners().stream()
                        .anyMatch(owner -> owner.owner().equals("project other") && owner.refusals() >= 2));
    }

    private void await(int events) {
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> refusals().size() >= events);
    }

    private List<InterlockEvent> refusals() {
        return fixture.status.events().latest().stream()
                .filter(event -> event.kind() == Kind.CLAIM_REFUSED)
                .toList();
    }

    private static ContainerFactsBuilder container(String name, String project) {
        return ContainerFactsBuilder.named(name)
                .hostname("www.example.com")
                .exposes(80)
                .project(project)
                .createdAfter(name.equals("v") ? 0 : 1);
    }
}
