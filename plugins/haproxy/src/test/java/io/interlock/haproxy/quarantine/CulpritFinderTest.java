package io.interlock.haproxy.quarantine;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.haproxy.plan.BackendSpec;
import io.interlock.haproxy.plan.Frame;
import io.interlock.haproxy.plan.ServerSpec;
import io.interlock.haproxy.plan.Wanted;
import io.interlock.haproxy.quarantine.Verdict.Complaint;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class CulpritFinderTest {

    private static final int BACKENDS = 1000;
    private static final int MOST_COMPLAINTS = 50;
    private static final Wanted NOTHING = wanted(List.of());

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final Wanted all = wanted(backends(BACKENDS));

    /** Takes everything but some parts, and says so in its way. */
    private static final class SeededJudge implements Judge<RuntimeException> {

        private final Set<Part> refused;
        private final boolean names;

        SeededJudge(Set<Part> refused, boolean names) {
            this.refused = refused;
            this.names = names;
        }

        @Override
        public Verdict judge(Wanted candidate) {
            List<Part> there =
                    Parts.of(candidate).stream().filter(refused::contains).toList();
            if (there.isEmpty()) {
                return new Verdict.Accepted();
            }
            return new Verdict.Refused(there.stream()
                    .limit(MOST_COMPLAINTS)
                    .map(part -> new Complaint("no " + part, names ? Optional.of(part) : Optional.empty()))
                    .toList());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 10, 50})
    void whatHaproxyNamesIsFoundByTwoJudgements(int bad) throws Exception {
        Set<Part> refused = some(bad);

        Culprits culprits = find(new SeededJudge(refused, true));

        assertFound(culprits, refused);
        assertThat(culprits.judgements()).isEqualTo(2);
    }

    @Test
    void moreThanHaproxyNamesAtATimeTakeMoreJudgements() throws Exception {
        Set<Part> refused = some(420);

        Culprits culprits = find(new SeededJudge(refused, true));

        assertFound(culprits, refused);
        assertThat(culprits.judgements()).isBetween(3, 10);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 10})
    void whatHaproxyDoesNotNameIsFoundByHalving(int bad) throws Exception {
        for (int round = 0; round < 20; round++) {
            Set<Part> refused = some(bad);

            Culprits culprits = find(new SeededJudge(refused, false));

            assertFound(culprits, refused);
            assertThat(culprits.judgements()).as("seed " + seed).isLessThanOrEqualTo(1 + bad * (log2(parts()) + 1));
        }
    }

    @Test
    void whatWasAcceptedBeforeIsSuspectedLast() throws Exception {
        List<BackendSpec> changed = new ArrayList<>(all.backends());
        int index = random.nextInt(BACKENDS);
        BackendSpec before = changed.get(index);
        changed.set(
                index, new BackendSpec(before.name(), List.of("option a", "option b"), before.servers(), List.of()));
        Set<Part> refused = Set.of(new Part.Directive(before.name(), "option b"));

        Culprits culprits =
                new CulpritFinder<>(new SeededJudge(refused, false), judgements -> false).find(wanted(changed), all);

        assertFound(culprits, refused);
        assertThat(culprits.judgements()).isLessThanOrEqualTo(5);
    }

    @Test
    void anInnocentPartThatHaproxyBlamesComesBackWhenTheCulpritIsFound() throws Exception {
        Part culprit = some(1).iterator().next();
        Part scapegoat = new Part.Whole(all.backends().getFirst().name());
        Judge<RuntimeException> judge = candidate -> Parts.of(candidate).contains(culprit)
                ? new Verdict.Refused(List.of(new Complaint("it is him", Optional.of(scapegoat))))
                : new Verdict.Accepted();

        assertFound(find(judge), Set.of(culprit));
    }

    @Test
    void twoThatHaproxyTakesOnlyOneByOneCostOneOfThem() throws Exception {
        Part one = new Part.Server("backend-3", "web-1");
        Part other = new Part.Server("backend-700", "web-0");
        Judge<RuntimeException> judge = candidate -> Parts.of(candidate).containsAll(List.of(one, other))
                ? new Verdict.Refused(List.of())
                : new Verdict.Accepted();

        Culprits culprits = find(judge);

        assertThat(culprits.reasons()).hasSize(1).containsKey(other);
        assertThat(culprits.reasons().get(other)).isEqualTo("without a word");
    }

    @Test
    void aBackendThatIsRefusedAsSuchGoesAsAWhole() throws Exception {
        Set<Part> refused = Set.of(new Part.Whole("backend-7"));

        assertFound(find(new SeededJudge(refused, false)), refused);
    }

    @Test
    void theSearchEndsWhenItHasTakenEnoughAndGoesOnTheNextTime() throws Exception {
        Set<Part> refused = some(10);
        Set<Part> found = new HashSet<>();
        SeededJudge judge = new SeededJudge(refused, false);
        boolean complete = false;
        for (int attempt = 0; !complete; attempt++) {
            assertThat(attempt).as("seed " + seed).isLessThan(10);
            Culprits culprits =
                    new CulpritFinder<>(judge, judgements -> judgements >= 40).find(Parts.without(all, found), NOTHING);
            assertThat(culprits.judgements()).isLessThanOrEqualTo(40);
            assertThat(refused)
                    .as("seed " + seed)
                    .containsAll(culprits.reasons().keySet());
            found.addAll(culprits.reasons().keySet());
            complete = culprits.complete();
        }
        assertThat(found).as("seed " + seed).isEqualTo(refused);
    }

    private Culprits find(Judge<RuntimeException> judge) throws InterruptedException {
        return new CulpritFinder<>(judge, judgements -> false).find(all, NOTHING);
    }

    private void assertFound(Culprits culprits, Set<Part> refused) {
        assertThat(culprits.complete()).as("seed " + seed).isTrue();
        assertThat(culprits.reasons().keySet()).as("seed " + seed).isEqualTo(refused);
        assertThat(culprits.reasons())
                .as("seed " + seed)
                .allSatisfy((part, said) -> assertThat(said).containsAnyOf("no " + part, "it is him"));
    }

    /** Servers and directives, of one backend each. */
    private Set<Part> some(int count) {
        List<BackendSpec> backends = new ArrayList<>(all.backends());
        Collections.shuffle(backends, random);
        Set<Part> parts = new HashSet<>();
        for (BackendSpec backend : backends.subList(0, count)) {
            List<Part> of = Parts.of(new Wanted(all.frame(), List.of(backend), List.of()));
            parts.add(of.get(1 + random.nextInt(of.size() - 1)));
        }
        return parts;
    }

    private int parts() {
        return Parts.of(all).size();
    }

    private static int log2(int number) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(number - 1);
    }

    private static Wanted wanted(List<BackendSpec> backends) {
        return new Wanted(new Frame("", List.of(), false), backends, List.of());
    }

    private static List<BackendSpec> backends(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new BackendSpec(
                        "backend-" + i,
                        List.of("option forwardfor", "option httpchk", "http-check send meth GET uri /"),
                        List.of(server("web-0"), server("web-1")),
                        List.of()))
                .toList();
    }

    private static ServerSpec server(String name) {
        return new ServerSpec(name, InetAddress.getLoopbackAddress(), 80, 5000, ServerSpec.FULL_WEIGHT);
    }
}
