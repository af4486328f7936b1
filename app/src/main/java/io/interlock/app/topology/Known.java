package io.interlock.app.topology;

import io.interlock.api.topology.ServerState;
import io.interlock.app.topology.Finding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One container as of the latest assembly.
 *
 * @param input what there is to know of it
 * @param interpretation what that means
 * @param cold whether it could be served if it were warm
 * @param findings sorted
 */
record Known(Interpreter.Input input, Interpretation interpretation, boolean cold, List<Finding> findings) {

    static Known of(Interpreter.Input input, Set<WarmUp.Run> warmedUp) {
        return of(input, Interpreter.interpret(input), warmedUp);
    }

    private static Known of(Interpreter.Input input, Interpretation interpretation, Set<WarmUp.Run> warmedUp) {
        boolean cold = isCold(interpretation, warmedUp);
        List<Finding> findings = new ArrayList<>(interpretation.findings());
        if (cold) {
            interpretation.candidate().map(Known::coldFinding).ifPresent(findings::add);
        }
        return new Known(input, interpretation, cold, findings.stream().sorted().toList());
    }

    /** The same container now; this, if nothing has changed. */
    Known refreshed(Interpreter.Input now, Set<WarmUp.Run> warmedUp) {
        if (!input.equals(now)) {
            return of(now, warmedUp);
        }
        return cold == isCold(interpretation, warmedUp) ? this : of(input, interpretation, warmedUp);
    }

    /** The container as it is to be served. */
    Optional<Candidate> served() {
        return cold ? Optional.empty() : interpretation.candidate();
    }

    /** The request that it is to answer first. */
    Optional<WarmUp> warmUp() {
        return cold
                ? interpretation
                        .candidate()
                        .filter(candidate -> !isStopping(candidate))
                        .map(Candidate::warmUp)
                : Optional.empty();
    }

    private static boolean isCold(Interpretation interpretation, Set<WarmUp.Run> warmedUp) {
        Optional<Candidate> candidate = interpretation.candidate();
        return candidate.isPresent()
                && candidate.get().settings().warm()
                && !warmedUp.contains(candidate.get().run());
    }

    private static boolean isStopping(Candidate candidate) {
        return candidate.server().state() == ServerState.DRAINING;
    }

    private static Finding coldFinding(Candidate candidate) {
        return new Finding(
                Severity.WAITING,
                candidate.key(),
                candidate.containerName(),
                Field.WARM.key(),
                "true",
                isStopping(candidate)
                        ? "stops before it was warmed; not served"
                        : "is being warmed; not served until it answers");
    }
}
