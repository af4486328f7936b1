package com.example.zonefile;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The section {@code plugins.zone-file} of the configuration.
 *
 * @param file the file to write, relative to the plugin's data folder; {@code records.txt} unless given
 */
public record ZoneFileConfig(Optional<Path> file) {}
