package io.interlock.haproxy.plan;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Puts steps into an order in which no request is lost: what is new comes before what leads to it, what leads somewhere
 * goes before what it leads to.
 *
 * @param servers steps on servers
 * @param entries steps on maps
 * @param certificates steps on certificates
 */
record StepOrder(List<Step> servers, List<Step> entries, List<Step> certificates) {

    List<Step> steps() {
        return Stream.of(servers, entries, certificates)
                .flatMap(List::stream)
                .sorted(Comparator.comparingInt(StepOrder::rank))
                .toList();
    }

    private static int rank(Step step) {
        return switch (step) {
            case Step.AddServer add -> rank(add.spec().weight());
            case Step.MoveServer move -> rank(move.spec().weight());
            case Step.WeighServer weigh -> rank(weigh.weight());
            case Step.AddEntry add -> rankOfNew(add);
            case Step.SetEntry set -> rankOfNew(set);
            case Step.DeleteEntry delete ->
                switch (delete.key().map()) {
                    case HOSTS, WILDCARDS, TCP -> 4;
                    case PATHS, CHALLENGES -> 5;
                    case CHECKS -> 8;
                };
            case Step.RemoveServer remove -> 7;
            case Step.AddCertificate add -> 0;
            case Step.RemoveCertificate remove -> 9;
        };
    }

    /** A server that drains does so only when every line leads to others. */
    private static int rank(int weight) {
        return weight > 0 ? 1 : 6;
    }

    /** A server is checked as soon as it is there; lines for paths are what other lines lead to. */
    private static int rankOfNew(Step.OnEntry step) {
        return switch (step.key().map()) {
            case CHECKS, CHALLENGES -> 0;
            case PATHS -> 2;
            case HOSTS, WILDCARDS, TCP -> 3;
        };
    }
}
