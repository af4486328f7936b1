package io.interlock.app.reconcile;

import io.interlock.app.topology.Finding;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells in the log, once, what was found about each container. Not thread-safe. */
public final class FindingLog {

    private static final Logger log = LoggerFactory.getLogger(FindingLog.class);

    private List<Finding> last = List.of();
    private Set<Finding> known = Set.of();

    /** Tells those that are new since the last call. */
    public void tell(List<Finding> findings) {
        if (findings.equals(last)) {
            return;
        }
        for (Finding finding : findings) {
            if (!known.contains(finding)) {
                tell(finding);
            }
        }
        known = new HashSet<>(findings);
        last = findings;
    }

    private static void tell(Finding finding) {
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
