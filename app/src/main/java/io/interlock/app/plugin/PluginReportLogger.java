package io.interlock.app.plugin;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs each change of a plugin's state once. Not thread-safe. */
final class PluginReportLogger {

    private static final Logger log = LoggerFactory.getLogger("plugin");

    private Set<PluginReport> known = Set.of();

    /** Logs the reports that are new since the last call. */
    void tell(List<PluginReport> reports) {
        reports.stream().filter(report -> !known.contains(report)).forEach(PluginReportLogger::tell);
        known = new HashSet<>(reports);
    }

    private static void tell(PluginReport report) {
        String name =
                report.id() + report.version().map(version -> " " + version).orElse("");
        switch (report.state()) {
            case STARTING -> log.debug("plugin {} is being opened", name);
            case RUNNING -> {
                if (report.detail().isEmpty()) {
                    log.info("plugin {} is in use", name);
                } else {
                    log.warn("plugin {} is in use, but: {}", name, report.detail());
                }
            }
            case DISABLED, SUPERSEDED -> log.info("plugin {} is not used: {}", name, report.detail());
            case UNUSABLE -> log.error("plugin {}: {}", name, report.detail());
        }
    }
}
