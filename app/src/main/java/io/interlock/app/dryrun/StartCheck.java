package io.interlock.app.dryrun;

import io.interlock.app.cli.InterlockApplication.CheckResult;
import io.interlock.app.config.ConfigResult;
import io.interlock.app.config.InterlockConfig;
import io.interlock.app.config.json.JsonPaths;
import io.interlock.app.config.problem.ConfigProblem;
import io.interlock.app.plugin.PluginLoadResult;
import io.interlock.app.plugin.PluginReport;
import io.interlock.app.plugin.SectionProblemLocator;
import io.interlock.app.plugin.dialect.DialectManager;
import io.interlock.app.runtime.DataDirectory;
import io.interlock.app.services.ServiceFolderCheck;
import io.interlock.app.topology.ownership.FieldGrantValidator;
import io.interlock.pluginhost.PluginSectionProblem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Predicts the problems that a start would report. Reads only, and writes nothing. */
public final class StartCheck {

    private static final String EXPECTED = "a folder with the jar of a load balancer that can be used";

    private StartCheck() {}

    public static CheckResult of(PluginLoadResult loaded, DialectManager dialects, ConfigResult.Valid configuration) {
        InterlockConfig config = configuration.config();
        List<ConfigProblem> problems = new ArrayList<>(SectionProblemLocator.of(loaded, configuration.locations()));
        problems.addAll(TcpPortValidator.problems(loaded, configuration));
        problems.addAll(FieldGrantValidator.problems(configuration));
        problems.addAll(dialects.problems(configuration));
        if (problems.isEmpty() && loaded.loadBalancers().isEmpty()) {
            problems.add(new ConfigProblem(
                    configuration.locations().of(JsonPaths.member(JsonPaths.ROOT, "plugins_dir")),
                    EXPECTED,
                    (Files.isDirectory(config.pluginsDir()) ? "none in " : "no folder ") + config.pluginsDir()));
        }
        List<String> warnings = new ArrayList<>(reports(loaded, config.pluginsDir()));
        Optional.of(config.dataDir()).flatMap(DataDirectory::obstacle).ifPresent(warnings::add);
        warnings.addAll(ServiceFolderCheck.warnings(config));
        return new CheckResult(problems, warnings);
    }

    /** Problems of plugins, apart from those that are configuration problems already. */
    private static List<String> reports(PluginLoadResult loaded, Path pluginsDir) {
        Set<String> told = loaded.configProblems().stream()
                .map(PluginSectionProblem::pluginId)
                .collect(Collectors.toSet());
        return loaded.reports().stream()
                .filter(report -> report.state() == PluginReport.State.UNUSABLE
                        || report.state() == PluginReport.State.SUPERSEDED)
                .filter(report -> !told.contains(report.id()) && !report.id().equals(pluginsDir.toString()))
                .map(report -> "plugin " + report.id() + ": " + report.detail())
                .toList();
    }
}
