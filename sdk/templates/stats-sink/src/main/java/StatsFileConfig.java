package ${package};

import java.nio.file.Path;
import java.util.Optional;

/**
 * The section {@code plugins.${artifactId}} of the configuration.
 *
 * @param file the file to write, relative to the plugin's data folder; {@code stats.csv} unless given
 */
public record StatsFileConfig(Optional<Path> file) {}
