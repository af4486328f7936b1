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
 */
record StepOrder(List<Step> servers, List<Step> entries) {

    List<Step> steps() {
        return Stream.concat(servers.stream(), entries.stream())
                .sorted(Comparator.comparingInt(StepOrder::rank))
                .toList();
    }

    private static int rank(Step step) {
        return switch (step) {
            case Step.AddServer add -> 0;
            case Step.MoveServer move -> 0;
            // A server that drains goes only when another has come.
            case Step.WeighServer weigh -> 1;
            case Step.AddEntry add -> isPath(add) ? 2 : 3;
            case Step.SetEntry set -> isPath(set) ? 2 : 3;
            case Step.DeleteEntry delete -> isPath(delete) ? 5 : 4;
            case Step.RemoveServer remove -> 6;
        };
    }

    /** Lines for paths are what other lines lead to. */
    private static boolean isPath(Step.OnEntry step) {
        return step.key().map() == RouteMap.PATHS;
    }
}
