package io.interlock.haproxy.plan;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Orders steps so that no request is lost: a new target is added before the line that leads to it, and a line is
 * deleted before its target.
 *
 * @param servers steps on servers
 * @param entries steps on maps
 * @param certificates steps on certificates
 */
record StepOrder(List<RuntimeStep> servers, List<RuntimeStep> entries, List<RuntimeStep> certificates) {

    List<RuntimeStep> steps() {
        return Stream.of(servers, entries, certificates)
                .flatMap(List::stream)
                .sorted(Comparator.comparingInt(StepOrder::rank))
                .toList();
    }

    private static int rank(RuntimeStep step) {
        return switch (step) {
            case RuntimeStep.AddBackend add -> 0;
            case RuntimeStep.AddServer add -> rank(add.spec().weight());
            case RuntimeStep.MoveServer move -> rank(move.spec().weight());
            case RuntimeStep.SetServerWeight weigh -> rank(weigh.weight());
            case RuntimeStep.AddEntry add -> rankOfNew(add);
            case RuntimeStep.SetEntry set -> rankOfNew(set);
            case RuntimeStep.DeleteEntry delete ->
                switch (delete.key().map()) {
                    case HOSTS, WILDCARDS, TCP -> 4;
                    case PATHS, CHALLENGES -> 5;
                    case CHECKS, NAMES -> 8;
                };
            case RuntimeStep.RemoveServer remove -> 7;
            case RuntimeStep.AddCertificate add -> 0;
            case RuntimeStep.RemoveCertificate remove -> 9;
        };
    }

    /** Servers start draining only after every line leads to other servers. */
    private static int rank(int weight) {
        return weight > 0 ? 1 : 6;
    }

    /**
     * Checks are added before the other lines, so that a server is checked as soon as it exists. Other lines lead to
     * lines for paths.
     */
    private static int rankOfNew(RuntimeStep.MapStep step) {
        return switch (step.key().map()) {
            case CHECKS, NAMES, CHALLENGES -> 0;
            case PATHS -> 2;
            case HOSTS, WILDCARDS, TCP -> 3;
        };
    }
}
