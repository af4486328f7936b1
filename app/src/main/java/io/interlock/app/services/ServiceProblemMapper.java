package io.interlock.app.services;

import io.interlock.api.status.Problem;
import io.interlock.api.status.Problem.Severity;
import io.interlock.api.status.Problem.Source;
import io.interlock.api.topology.HostName;
import io.interlock.app.dialect.DialectSet;
import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.topology.HostNameLister;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Shows what is wrong with files and names of services as problems of the status. */
final class ServiceProblemMapper {

    /** How many files or names one problem lists. */
    private static final int MOST_TEXTS = 5;

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
                                                ? "no server is served for it in " + services(look.files(), host)
                                                : "the addresses that are known are served",
                                        "correct the name in the files of services, or what name servers say; Interlock asks them again within a minute")));
        return List.copyOf(problems);
    }

    /** Names the files with a server of this host, and the host names that requests are for. */
    private static String services(List<ServiceFile> files, String host) {
        List<String> texts = files.stream()
                .flatMap(file -> file.servers().stream()
                        .filter(server -> server.host().equals(host))
                        .limit(1)
                        .map(server -> file.name() + ServiceFile.END + hostNames(file, server)))
                .toList();
        return shortened(texts);
    }

    private static String hostNames(ServiceFile file, ServiceServer server) {
        ContainerFacts facts = ServiceFactsMapper.facts(file, server, InetAddress.getLoopbackAddress(), Instant.EPOCH);
        List<String> names = HostNameLister.of(facts, DialectSet.NONE).stream()
                .map(HostName::value)
                .toList();
        return names.isEmpty() ? "" : " (" + shortened(names) + ")";
    }

    private static String shortened(List<String> texts) {
        String first = String.join(", ", texts.subList(0, Math.min(MOST_TEXTS, texts.size())));
        return texts.size() > MOST_TEXTS ? first + " and " + (texts.size() - MOST_TEXTS) + " more" : first;
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
