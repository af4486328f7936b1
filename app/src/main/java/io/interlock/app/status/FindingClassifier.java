package io.interlock.app.status;

import io.interlock.app.topology.findings.Finding;
import java.util.Locale;

/** Sorts findings under a few words, so that they can be counted whatever containers say. */
final class FindingClassifier {

    private FindingClassifier() {}

    /** One of the words of {@link io.interlock.api.status.ContainerStatus#reason}. */
    static String of(Finding finding) {
        String field = finding.field().toLowerCase(Locale.ROOT);
        String stem = field.substring(Math.max(field.lastIndexOf('.'), field.lastIndexOf(' ')) + 1);
        return switch (finding.severity()) {
            case STARTING -> "listening";
            case WAITING -> stem.equals("warm") ? "listening" : known(stem);
            default -> known(stem);
        };
    }

    private static String known(String stem) {
        return switch (stem) {
            case "hostname", "domain", "alias_domains", "alias_domain" -> "hostname";
            case "port", "ports" -> "port";
            case "network_mode", "networks" -> "network";
            case "interlock_data" -> "data";
            case "state" -> "state";
            case "health" -> "health";
            default -> "other";
        };
    }
}
