package io.interlock.app.topology;

import io.interlock.api.topology.ServerState;
import io.interlock.app.topology.Finding.Severity;
import java.util.ArrayList;
import java.util.List;

/**
 * One container as of the latest assembly.
 *
 * @param input what there is to know of it
 * @param interpretation what that means
 * @param cold whether it could be served if it had been heard of
 * @param findings sorted
 */
record Known(Interpreter.Input input, Interpretation interpretation, boolean cold, List<Finding> findings) {

    static Known of(Interpreter.Input input, Admission admission) {
        return of(input, Interpreter.interpret(input), admission);
    }

    private static Known of(Interpreter.Input input, Interpretation interpretation, Admission admission) {
        boolean cold = isCold(interpretation, admission);
        List<Finding> findings = new ArrayList<>(interpretation.findings());
        interpretation.candidates().stream()
                .filter(candidate -> !admission.isAdmitted(candidate.warmUp()))
                .map(Known::coldFinding)
                .distinct()
                .forEach(findings::add);
        return new Known(input, interpretation, cold, findings.stream().sorted().toList());
    }

    /**
     * Whether it stays as it is as long as its own facts do: whoever has been admitted stays so as long as it runs, and most are in
     * their own network.
     */
    boolean isSettled() {
        return !cold && input.isInItsOwnNetwork();
    }

    /** The same container now; this, if nothing has changed. */
    Known refreshed(Interpreter.Input now, Admission admission) {
        if (!input.equals(now)) {
            return of(now, admission);
        }
        return cold == isCold(interpretation, admission) ? this : of(input, interpretation, admission);
    }

    /** The container as it is to be served: with all its routes, or not at all. */
    List<Candidate> served() {
        return cold ? List.of() : interpretation.candidates();
    }

    /** What it is to be heard of before that. */
    List<WarmUp> warmUps() {
        return cold
                ? interpretation.candidates().stream()
                        .filter(candidate -> !isStopping(candidate))
                        .map(Candidate::warmUp)
                        .distinct()
                        .toList()
                : List.of();
    }

    private static boolean isCold(Interpretation interpretation, Admission admission) {
        return interpretation.candidates().stream().anyMatch(candidate -> !admission.isAdmitted(candidate.warmUp()));
    }

    private static boolean isStopping(Candidate candidate) {
        return candidate.server().state() == ServerState.DRAINING;
    }

    private static Finding coldFinding(Candidate candidate) {
        boolean warm = candidate.settings().warm();
        return new Finding(
                warm ? Severity.WAITING : Severity.STARTING,
                candidate.key(),
                candidate.containerName(),
                warm ? Field.WARM.key() : Field.PORT.key(),
                warm ? "true" : Integer.toString(candidate.server().port()),
                coldMessage(candidate, warm));
    }

    private static String coldMessage(Candidate candidate, boolean warm) {
        if (isStopping(candidate)) {
            return "stops before it was " + (warm ? "warmed" : "seen to listen") + "; not served";
        }
        return warm
                ? "is being warmed; not served until it answers"
                : "nothing has been seen to listen there yet, at "
                        + candidate.server().address().getHostAddress()
                        + "; not served until something does";
    }
}
