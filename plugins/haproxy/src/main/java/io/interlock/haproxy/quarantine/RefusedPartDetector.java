package io.interlock.haproxy.quarantine;

import io.interlock.haproxy.model.DesiredConfig;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * Detects the parts without which HAProxy accepts a configuration.
 *
 * <p>First it excludes the parts that HAProxy itself names by line or name, until HAProxy accepts the rest or names no
 * further part. HAProxy names at most 50 problems at a time, so n refused parts take n / 50 + 1 validations, plus one.
 *
 * <p>If that is not enough, it bisects: the shortest refused beginning of the list of parts ends with a refused part,
 * and bisection finds that part. It excludes the part and tries the rest again: each refused part takes as many
 * validations as log₂ of the number of parts, plus one. Parts that were accepted before come first, so that new parts
 * are suspected. The result was validated as a whole, whatever the dependencies between the parts.
 *
 * @param <X> thrown when HAProxy cannot be asked
 */
public final class RefusedPartDetector<X extends Exception> {

    private final CandidateValidator<X> validator;
    private final IntPredicate enough;
    private int validations;

    /**
     * @param enough whether to stop after the given number of validations
     */
    public RefusedPartDetector(CandidateValidator<X> validator, IntPredicate enough) {
        this.validator = validator;
        this.enough = enough;
    }

    /**
     * Detects the refused parts.
     *
     * @param trusted the configuration that HAProxy accepted before
     */
    public RefusedParts find(DesiredConfig desired, DesiredConfig trusted) throws X, InterruptedException {
        validations = 0;
        Map<ConfigPart, String> blamed = new LinkedHashMap<>();
        Optional<ValidationResult> verdict = follow(desired, Set.of(), blamed);
        if (!(verdict.orElse(null) instanceof ValidationResult.Refused refusal)) {
            return new RefusedParts(blamed, validations, verdict.isPresent());
        }
        Map<ConfigPart, String> found = new LinkedHashMap<>();
        boolean complete =
                search(new BisectionOrder(ConfigParts.without(desired, blamed.keySet()), trusted), refusal, found);
        Map<ConfigPart, String> confirmed = new LinkedHashMap<>();
        // Once the actual cause is excluded, HAProxy may accept the parts that it named before.
        boolean cleared = complete
                && !blamed.isEmpty()
                && follow(desired, found.keySet(), confirmed).orElse(null) instanceof ValidationResult.Accepted;
        found.putAll(cleared ? confirmed : blamed);
        return new RefusedParts(found, validations, complete);
    }

    /**
     * Excludes the parts that HAProxy names, until it accepts the rest or names no further part.
     *
     * @return the result for the rest; empty if it is not known yet
     */
    private Optional<ValidationResult> follow(
            DesiredConfig desired, Set<ConfigPart> without, Map<ConfigPart, String> blamed)
            throws X, InterruptedException {
        Set<ConfigPart> left = new HashSet<>(without);
        while (!isEnough()) {
            ValidationResult verdict = validator(ConfigParts.without(desired, left));
            int before = blamed.size();
            if (verdict instanceof ValidationResult.Refused refused) {
                for (ValidationResult.Alert complaint : refused.complaints()) {
                    complaint.about().ifPresent(part -> blamed.putIfAbsent(part, complaint.text()));
                }
            }
            if (blamed.size() == before) {
                return Optional.of(verdict);
            }
            left.addAll(blamed.keySet());
        }
        return Optional.empty();
    }

    /**
     * Finds refused parts by bisection.
     *
     * @param refused the result for all parts
     * @return whether HAProxy accepts the configuration without the parts found
     */
    private boolean search(BisectionOrder suspects, ValidationResult.Refused refused, Map<ConfigPart, String> found)
            throws X, InterruptedException {
        int accepted = 0;
        ValidationResult verdict = refused;
        while (verdict instanceof ValidationResult.Refused refusal) {
            BisectionState halving = halve(suspects, accepted, refusal);
            if (!halving.isDone() || isEnough()) {
                return false;
            }
            accepted = halving.accepted();
            found.put(suspects.remove(accepted), halving.refusal().said());
            verdict = validator(suspects.first(suspects.size()));
        }
        return true;
    }

    /**
     * Bisection between a number of parts that is accepted and one that is refused. Once the numbers are adjacent, the
     * last part of the refused ones is the cause.
     */
    private record BisectionState(int accepted, int refusedFrom, ValidationResult.Refused refusal) {
        boolean isDone() {
            return refusedFrom - accepted == 1;
        }
    }

    private BisectionState halve(BisectionOrder suspects, int accepted, ValidationResult.Refused refused)
            throws X, InterruptedException {
        BisectionState state = new BisectionState(accepted, suspects.size(), refused);
        while (!state.isDone() && !isEnough()) {
            int middle = suspects.between(state.accepted(), state.refusedFrom());
            state = switch (validator(suspects.first(middle))) {
                case ValidationResult.Accepted unused ->
                    new BisectionState(middle, state.refusedFrom(), state.refusal());
                case ValidationResult.Refused refusal -> new BisectionState(state.accepted(), middle, refusal);
            };
        }
        return state;
    }

    private boolean isEnough() {
        return enough.test(validations);
    }

    private ValidationResult validator(DesiredConfig candidate) throws X, InterruptedException {
        validations++;
        return validator.validator(candidate);
    }
}
