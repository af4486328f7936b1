package io.interlock.app.services;

import io.interlock.api.status.Problem;
import io.interlock.api.status.Problem.Severity;
import io.interlock.api.status.Problem.Source;
import io.interlock.app.inventory.ContainerFacts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Shows what is wrong with files and names of services as problems of the status. */
final class ServiceProblemMapper {

    private ServiceProblemMapper() {}

    /**
     * Returns the problems of all files and names.
     *
     * @param planned the servers of the inventory
     */
    static List<Problem> problems(
            ServiceFolder.Look look, ServiceNameTracker names, Collection<ContainerFacts> planned) {
        Set<String> files = new HashSet<>();
        planned.stream().filter(facts -> !facts.stopping()).forEach(facts -> files.add(facts.dataPlace()));
        List<Problem> problems = new ArrayList<>();
        look.problems()
                .forEach(found -> problems.add(problem(
                        found.file(),
                        found.reason(),
                        files.contains(found.file())
                                ? "what the file said before is still served"
                                : "nothing of it is served",
                        "correct the file; Interlock reads it again when it changes")));
        names.problems()
                .forEach(
                        (host, text) -> problems.add(
                                problem(
                                        host,
                                        text,
                                        names.addresses(host).isEmpty()
                                                ? "no server is served for it"
                                                : "the addresses that are known are served",
                                        "correct the name in the files of services, or what name servers say; Interlock asks them again")));
        return List.copyOf(problems);
    }

    private static Problem problem(String subject, String reason, String effect, String advice) {
        return new Problem(
                Severity.ERROR,
                Source.CONFIGURATION,
                subject,
                Optional.empty(),
                Optional.empty(),
                "",
                "",
                reason,
                effect,
                advice);
    }
}
