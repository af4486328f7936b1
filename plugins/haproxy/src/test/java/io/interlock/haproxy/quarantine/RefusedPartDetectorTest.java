package io.interlock.haproxy.quarantine;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.haproxy.model.BackendSpec;
import io.interlock.haproxy.model.CertificateSpec;
import io.interlock.haproxy.model.DesiredConfig;
import io.interlock.haproxy.model.GlobalConfig;
import io.interlock.haproxy.model.ServerSpec;
import io.interlock.haproxy.model.ServerTraits;
import io.interlock.haproxy.quarantine.ValidationResult.Alert;
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
class RefusedPartDetectorTest {

    private static final int BACKENDS = 1000;
    private static final int MOST_COMPLAINTS = 50;
    private static final DesiredConfig NOTHING = desired(List.of());

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final DesiredConfig all = desired(backends(BACKENDS));

    /** Accepts everything except some parts, and reports these in its own way. */
    private static final class SeededJudge implements CandidateValidator<RuntimeException> {

        private final Set<ConfigPart> refused;
        private final boolean names;

        SeededJudge(Set<ConfigPart> refused, boolean names) {
            this.refused = refused;
            this.names = names;
        }

        @Override
        public ValidationResult validator(DesiredConfig candidate) {
            List<ConfigPart> there =
                    ConfigParts.of(candidate).stream().filter(refused::contains).toList();
            if (there.isEmpty()) {
                return new ValidationResult.Accepted();
            }
            return new ValidationResult.Refused(there.stream()
                    .limit(MOST_COMPLAINTS)
                    .map(part -> new Alert("no " + part, names ? Optional.of(part) : Optional.empty()))
                    .toList());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 10, 50})
    void whatHaproxyNamesIsFoundByTwoJudgements(int bad) throws Exception {
        Set<ConfigPart> refused = some(bad);

        RefusedParts culprits = find(new SeededJudge(refused, true));

        assertFound(culprits, refused);
        assertThat(culprits.validations()).isEqualTo(2);
    }

    @Test
    void moreThanHaproxyNamesAtATimeTakeMoreJudgements() throws Exception {
        Set<ConfigPart> refused = some(420);

        RefusedParts culprits = find(new SeededJudge(refused, true));

        assertFound(culprits, refused);
        assertThat(culprits.validations()).isBetween(3, 10);
    }

    @Test
    void aCertificateThatHaproxyDoesNotNameIsFound() throws Exception {
        List<CertificateSpec> certificates = IntStream.range(0, 5)
                .mapToObj(i -> new CertificateSpec("c" + i, "/c" + i, "/c" + i, 1, "", List.of("c" + i + ".test")))
                .toList();
        DesiredConfig desired = new DesiredConfig(all.frame(), all.backends(), all.hosts(), certificates);
        ConfigPart refused = new ConfigPart.ListedCertificate("/c3");

        RefusedParts culprits = new RefusedPartDetector<RuntimeException>(
                        new SeededJudge(Set.of(refused), false), validations -> false)
                .find(desired, all);

        assertThat(culprits.reasons()).containsOnlyKeys(refused);
        assertThat(culprits.complete()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 10})
    void whatHaproxyDoesNotNameIsFoundByHalving(int bad) throws Exception {
        for (int round = 0; round < 20; round++) {
            Set<ConfigPart> refused = some(bad);

            RefusedParts culprits = find(new SeededJudge(refused, false));

            assertFound(culprits, refused);
            assertThat(culprits.validations()).as("seed " + seed).isLessThanOrEqualTo(1 + bad * (log2(parts()) + 1));
        }
    }

    @Test
    void whatWasAcceptedBeforeIsSuspectedLast() throws Exception {
        List<BackendSpec> changed = new ArrayList<>(all.backends());
        int index = random.nextInt(BACKENDS);
        BackendSpec before = changed.get(index);
        changed.set(
                index, new BackendSpec(before.name(), List.of("option a", "option b"), before.servers(), List.of()));
        Set<ConfigPart> refused = Set.of(new ConfigPart.Directive(before.name(), "option b"));

        RefusedParts culprits = new RefusedPartDetector<>(new SeededJudge(refused, false), validations -> false)
                .find(desired(changed), all);

        assertFound(culprits, refused);
        assertThat(culprits.validations()).isLessThanOrEqualTo(5);
    }

    @Test
    void anInnocentPartThatHaproxyBlamesComesBackWhenTheCulpritIsFound() throws Exception {
        ConfigPart culprit = some(1).iterator().next();
        ConfigPart scapegoat =
                new ConfigPart.WholeBackend(all.backends().getFirst().name());
        CandidateValidator<RuntimeException> validator =
                candidate -> ConfigParts.of(candidate).contains(culprit)
                        ? new ValidationResult.Refused(List.of(new Alert("it is him", Optional.of(scapegoat))))
                        : new ValidationResult.Accepted();

        assertFound(find(validator), Set.of(culprit));
    }

    @Test
    void twoThatHaproxyTakesOnlyOneByOneCostOneOfThem() throws Exception {
        ConfigPart one = new ConfigPart.Server("backend-3", "web-1");
        ConfigPart other = new ConfigPart.Server("backend-700", "web-0");
        CandidateValidator<RuntimeException> validator =
                candidate -> ConfigParts.of(candidate).containsAll(List.of(one, other))
                        ? new ValidationResult.Refused(List.of())
                        : new ValidationResult.Accepted();

        RefusedParts culprits = find(validator);

        assertThat(culprits.reasons()).hasSize(1).containsKey(other);
        assertThat(culprits.reasons().get(other)).isEqualTo("without a word");
    }

    @Test
    void aBackendThatIsRefusedAsSuchGoesAsAWhole() throws Exception {
        Set<ConfigPart> refused = Set.of(new ConfigPart.WholeBackend("backend-7"));

        assertFound(find(new SeededJudge(refused, false)), refused);
    }

    @Test
    void theSearchEndsWhenItHasTakenEnoughAndGoesOnTheNextTime() throws Exception {
        Set<ConfigPart> refused = some(10);
        Set<ConfigPart> found = new HashSet<>();
        SeededJudge validator = new SeededJudge(refused, false);
        boolean complete = false;
        for (int attempt = 0; !complete; attempt++) {
            assertThat(attempt).as("seed " + seed).isLessThan(10);
            RefusedParts culprits = new RefusedPartDetector<>(validator, validations -> validations >= 40)
                    .find(ConfigParts.without(all, found), NOTHING);
            assertThat(culprits.validations()).isLessThanOrEqualTo(40);
            assertThat(refused)
                    .as("seed " + seed)
                    .containsAll(culprits.reasons().keySet());
            found.addAll(culprits.reasons().keySet());
            complete = culprits.complete();
        }
        assertThat(found).as("seed " + seed).isEqualTo(refused);
    }

    private RefusedParts find(CandidateValidator<RuntimeException> validator) throws InterruptedException {
        return new RefusedPartDetector<>(validator, validations -> false).find(all, NOTHING);
    }

    private void assertFound(RefusedParts culprits, Set<ConfigPart> refused) {
        assertThat(culprits.complete()).as("seed " + seed).isTrue();
        assertThat(culprits.reasons().keySet()).as("seed " + seed).isEqualTo(refused);
        assertThat(culprits.reasons())
                .as("seed " + seed)
                .allSatisfy((part, said) -> assertThat(said).containsAnyOf("no " + part, "it is him"));
    }

    /** Servers and directives, each of a different backend. */
    private Set<ConfigPart> some(int count) {
        List<BackendSpec> backends = new ArrayList<>(all.backends());
        Collections.shuffle(backends, random);
        Set<ConfigPart> parts = new HashSet<>();
        for (BackendSpec backend : backends.subList(0, count)) {
            List<ConfigPart> of = ConfigParts.of(new DesiredConfig(all.frame(), List.of(backend), List.of()));
            parts.add(of.get(1 + random.nextInt(of.size() - 1)));
        }
        return parts;
    }

    private int parts() {
        return ConfigParts.of(all).size();
    }

    private static int log2(int number) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(number - 1);
    }

    private static DesiredConfig desired(List<BackendSpec> backends) {
        return new DesiredConfig(new GlobalConfig("", List.of(), false), backends, List.of());
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
        return new ServerSpec(
                name, InetAddress.getLoopbackAddress(), 80, 1, ServerSpec.FULL_WEIGHT, new ServerTraits(5000));
    }
}
