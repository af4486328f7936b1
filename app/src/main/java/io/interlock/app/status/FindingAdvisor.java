package io.interlock.app.status;

import io.interlock.app.inventory.ServiceServerName;
import io.interlock.app.topology.field.FieldAdvisor;
import io.interlock.app.topology.findings.Finding;

/** Says what to change so that a finding goes away. */
final class FindingAdvisor {

    private static final String ANEW = ", and create the container anew";

    private FindingAdvisor() {}

    /** The advice of the finding itself, or that for its severity and field; empty if nothing can be said. */
    static String of(Finding finding) {
        String specific = finding.text().advice();
        if (!specific.isEmpty()) {
            return specific;
        }
        return finding.container().isService() ? ofService(finding) : general(finding);
    }

    private static String ofService(Finding finding) {
        String file = ServiceServerName.file(finding.containerName());
        return switch (finding.severity()) {
            case CHOICE, NOT_ADDRESSED -> "";
            case STARTING -> "have the server listen there, or correct its address in " + file;
            case WAITING -> "have it answer a GET of /, or take warm away in " + file;
            case IGNORED, LEFT_OUT -> "correct or remove " + finding.field() + taken(finding) + " in " + file;
        };
    }

    private static String general(Finding finding) {
        return switch (finding.severity()) {
            case NOT_ADDRESSED ->
                "to have it served: start it with --hostname www.example.com, or give hostname in INTERLOCK_DATA or label"
                        + " interlock.hostname";
            case CHOICE -> "";
            case IGNORED -> "correct or remove " + finding.field() + taken(finding) + ANEW;
            case STARTING ->
                "have its process listen on port " + finding.value()
                        + " at all addresses, not at 127.0.0.1 alone, or give another port in INTERLOCK_DATA or label"
                        + " interlock.port; see: docker logs " + finding.containerName()
                        + ". A host does not reach its own containers in a macvlan or overlay network: run"
                        + " Interlock in such a network";
            case WAITING -> waiting(finding);
            case LEFT_OUT -> leftOut(finding);
        };
    }

    private static String waiting(Finding finding) {
        String name = finding.containerName();
        return switch (FindingClassifier.of(finding)) {
            case "state" -> "docker unpause " + name;
            case "health" -> "see what its check says: docker inspect --format '{{json .State.Health}}' " + name;
            case "listening" -> "have it answer a GET of / on its port, or take warm away; see: docker logs " + name;
            default -> "";
        };
    }

    private static String leftOut(Finding finding) {
        return switch (FindingClassifier.of(finding)) {
            case "data" -> "correct INTERLOCK_DATA, which could be {\"port\": 8080}" + ANEW;
            case "port" -> "give " + finding.field() + " a TCP port of the container, 1 to 65535" + ANEW;
            case "network" -> "start the container whose network it shares, then this one";
            case "other" -> "correct " + finding.field() + taken(finding) + ANEW;
            default -> "";
        };
    }

    /** What stands about its field in the table of container fields. */
    private static String taken(Finding finding) {
        return FieldAdvisor.of(finding.field()).map(text -> " (" + text + ")").orElse("");
    }
}
