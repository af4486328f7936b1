package io.interlock.haproxy.quarantine;

import io.interlock.haproxy.plan.Wanted;
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
public final class CulpritFinder<X extends Exception> {

    private final Judge<X> judge;
    private final IntPredicate enough;
    private int judgements;

    /**
     * @param enough whether to stop after so many judgements
     */
    public CulpritFinder(Judge<X> judge, IntPredicate enough) {
        this.judge = judge;
        this.enough = enough;
    }

    /**
     * Finds them.
     *
     * @param trusted what HAProxy accepted before
     */
    public Culprits find(Wanted wanted, Wanted trusted) throws X, InterruptedException {
        judgements = 0;
        Map<Part, String> blamed = new LinkedHashMap<>();
        Optional<Verdict> verdict = follow(wanted, Set.of(), blamed);
        if (!(verdict.orElse(null) instanceof Verdict.Refused refusal)) {
            return new Culprits(blamed, judgements, verdict.isPresent());
        }
        Map<Part, String> found = new LinkedHashMap<>();
        boolean complete = search(new Suspects(Parts.without(wanted, blamed.keySet()), trusted), refusal, found);
        Map<Part, String> confirmed = new LinkedHashMap<>();
        // With the true culprit gone, those that were blamed may prove innocent.
        boolean cleared = complete
                && !blamed.isEmpty()
                && follow(wanted, found.keySet(), confirmed).orElse(null) instanceof Verdict.Accepted;
        found.putAll(cleared ? confirmed : blamed);
        return new Culprits(found, judgements, complete);
    }

    /**
     * Leaves out what HAProxy blames, until it takes the rest or blames nothing more.
     *
     * @return what it says of the rest; empty if that is not known yet
     */
    private Optional<Verdict> follow(Wanted wanted, Set<Part> without, Map<Part, String> blamed)
            throws X, InterruptedException {
        Set<Part> left = new HashSet<>(without);
        while (!isEnough()) {
            Verdict verdict = judge(Parts.without(wanted, left));
            int before = blamed.size();
            if (verdict instanceof Verdict.Refused refused) {
                for (Verdict.Complaint complaint : refused.complaints()) {
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
    private boolean search(Suspects suspects, Verdict.Refused refused, Map<Part, String> found)
            throws X, InterruptedException {
        int accepted = 0;
        Verdict verdict = refused;
        while (verdict instanceof Verdict.Refused refusal) {
            Halving halving = halve(suspects, accepted, refusal);
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
    private record Halving(int accepted, int refusedFrom, Verdict.Refused refusal) {
        boolean isDone() {
            return refusedFrom - accepted == 1;
        }
    }

    private Halving halve(Suspects suspects, int accepted, Verdict.Refused refused) throws X, InterruptedException {
        Halving state = new Halving(accepted, suspects.size(), refused);
        while (!state.isDone() && !isEnough()) {
            int middle = suspects.between(state.accepted(), state.refusedFrom());
            state = switch (judge(suspects.first(middle))) {
                case Verdict.Accepted unused -> new Halving(middle, state.refusedFrom(), state.refusal());
                case Verdict.Refused refusal -> new Halving(state.accepted(), middle, refusal);
            };
        }
        return state;
    }

    private boolean isEnough() {
        return enough.test(judgements);
    }

    private Verdict judge(Wanted candidate) throws X, InterruptedException {
        judgements++;
        return judge.judge(candidate);
    }
}
