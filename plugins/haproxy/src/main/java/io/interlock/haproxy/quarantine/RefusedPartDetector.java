package io.interlock.haproxy.quarantine;

import io.interlock.haproxy.model.DesiredConfig;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * Finds the parts without which HAProxy takes what is wanted.
 *
 * <p>First HAProxy's own blame is followed: what it names by line or name is left out, until it is content or names nothing
 * more. It names 50 things at a time at most, so n culprits take n / 50 + 1 judgements, and one.
 *
 * <p>If that is not enough, parts are tried: the shortest beginning of the list of parts that is refused ends with a
 * culprit; halving finds it. That one is left out, and the rest is tried again: each culprit takes log₂ of the number of
 * parts and one judgement more. Parts that were accepted before come first, so that what is new is suspected. What is
 * accepted in the end has been judged as it is, whatever the parts have to do with each other.
 *
 * @param <X> what is thrown when HAProxy cannot be asked
 */
public final class RefusedPartDetector<X extends Exception> {

    private final CandidateValidator<X> judge;
    private final IntPredicate enough;
    private int judgements;

    /**
     * @param enough whether to stop after so many judgements
     */
    public RefusedPartDetector(CandidateValidator<X> judge, IntPredicate enough) {
        this.judge = judge;
        this.enough = enough;
    }

    /**
     * Finds them.
     *
     * @param trusted what HAProxy accepted before
     */
    public RefusedParts find(DesiredConfig wanted, DesiredConfig trusted) throws X, InterruptedException {
        judgements = 0;
        Map<ConfigPart, String> blamed = new LinkedHashMap<>();
        Optional<ValidationResult> verdict = follow(wanted, Set.of(), blamed);
        if (!(verdict.orElse(null) instanceof ValidationResult.Refused refusal)) {
            return new RefusedParts(blamed, judgements, verdict.isPresent());
        }
        Map<ConfigPart, String> found = new LinkedHashMap<>();
        boolean complete =
                search(new BisectionOrder(ConfigParts.without(wanted, blamed.keySet()), trusted), refusal, found);
        Map<ConfigPart, String> confirmed = new LinkedHashMap<>();
        // With the true culprit gone, those that were blamed may prove innocent.
        boolean cleared = complete
                && !blamed.isEmpty()
                && follow(wanted, found.keySet(), confirmed).orElse(null) instanceof ValidationResult.Accepted;
        found.putAll(cleared ? confirmed : blamed);
        return new RefusedParts(found, judgements, complete);
    }

    /**
     * Leaves out what HAProxy blames, until it takes the rest or blames nothing more.
     *
     * @return what it says of the rest; empty if that is not known yet
     */
    private Optional<ValidationResult> follow(
            DesiredConfig wanted, Set<ConfigPart> without, Map<ConfigPart, String> blamed)
            throws X, InterruptedException {
        Set<ConfigPart> left = new HashSet<>(without);
        while (!isEnough()) {
            ValidationResult verdict = judge(ConfigParts.without(wanted, left));
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
     * Tries suspects.
     *
     * @param refused what HAProxy says of all of them
     * @return whether HAProxy takes all but those that were found
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
            verdict = judge(suspects.first(suspects.size()));
        }
        return true;
    }

    /** Between so many that are accepted and so many that are not, the last of them being to blame once they are neighbours. */
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
            state = switch (judge(suspects.first(middle))) {
                case ValidationResult.Accepted unused ->
                    new BisectionState(middle, state.refusedFrom(), state.refusal());
                case ValidationResult.Refused refusal -> new BisectionState(state.accepted(), middle, refusal);
            };
        }
        return state;
    }

    private boolean isEnough() {
        return enough.test(judgements);
    }

    private ValidationResult judge(DesiredConfig candidate) throws X, InterruptedException {
        judgements++;
        return judge.judge(candidate);
    }
}
