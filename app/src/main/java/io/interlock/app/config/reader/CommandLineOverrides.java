package io.interlock.app.config.reader;

import java.util.Optional;

/**
 * What the command line says instead of the file, as typed and unchecked. An empty text counts as not given, as it did
 * in 0.1.
 *
 * @param proxyConfigPath {@code -proxy-conf-path}, instead of {@code proxy_config_path}
 * @param proxyPort {@code -proxy-port}, instead of {@code port}
 * @param syslog {@code -syslog}, instead of {@code syslog_addr}
 */
public record CommandLineOverrides(
        Optional<String> proxyConfigPath, Optional<String> proxyPort, Optional<String> syslog) {

    /** Nothing is overridden. */
    public static final CommandLineOverrides NONE =
            new CommandLineOverrides(Optional.empty(), Optional.empty(), Optional.empty());

    public CommandLineOverrides {
        proxyConfigPath = proxyConfigPath.filter(text -> !text.isEmpty());
        proxyPort = proxyPort.filter(text -> !text.isEmpty());
        syslog = syslog.filter(text -> !text.isEmpty());
    }
}
