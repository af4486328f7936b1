package io.interlock.app.pipeline;

import io.interlock.app.topology.findings.Finding;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes each finding about a container to the log once. Not thread-safe. */
final class FindingLogger {

    private static final Logger log = LoggerFactory.getLogger("topology");

    private List<Finding> last = List.of();
    private Set<Finding> known = Set.of();

    /** Writes findings that are new since the last call. */
    void log(List<Finding> findings) {
        if (findings.equals(last)) {
            return;
        }
        for (Finding finding : findings) {
            if (!known.contains(finding)) {
                log(finding);
            }
        }
        known = new HashSet<>(findings);
        last = findings;
    }

    private static void log(Finding finding) {
        String text = "container {} ({}): {}{}: {}";
        Object[] arguments = {
            finding.containerName(),
            finding.container(),
            finding.field(),
            finding.value().isEmpty() ? "" : " \"" + finding.value() + "\"",
            finding.message()
        };
        switch (finding.severity()) {
            case LEFT_OUT, IGNORED -> log.warn(text, arguments);
            case WAITING, CHOICE -> log.info(text, arguments);
            case NOT_ADDRESSED, STARTING -> log.debug(text, arguments);
        }
    }
}
