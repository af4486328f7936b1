package io.interlock.app.config.reader;

import java.util.Optional;

/**
 * Options of the command line that override the file, as typed and unchecked. An empty text counts as not given, as in
 * 0.1.
 *
 * @param proxyConfigPath {@code -proxy-conf-path}, overrides {@code proxy_config_path}
 * @param proxyPort {@code -proxy-port}, overrides {@code port}
 * @param syslog {@code -syslog}, overrides {@code syslog_addr}
 */
public record CommandLineOverrides(
        Optional<String> proxyConfigPath, Optional<String> proxyPort, Optional<String> syslog) {

    /** Command line without overrides. */
    public static final CommandLineOverrides NONE =
            new CommandLineOverrides(Optional.empty(), Optional.empty(), Optional.empty());

    public CommandLineOverrides {
        proxyConfigPath = proxyConfigPath.filter(text -> !text.isEmpty());
        proxyPort = proxyPort.filter(text -> !text.isEmpty());
        syslog = syslog.filter(text -> !text.isEmpty());
    }
}
