package io.interlock.app.config.reader;

import io.interlock.api.loadbalancer.AccessLogSettings;
import io.interlock.api.loadbalancer.Credentials;
import io.interlock.api.loadbalancer.ListenerSettings;
import io.interlock.api.loadbalancer.ProxySettings;
import io.interlock.api.topology.AddressRange;
import io.interlock.app.config.HttpsConfig;
import io.interlock.app.config.key.ConfigKey;
import io.interlock.app.config.key.ConfigKeys;
import io.interlock.app.config.key.ConfigSection;
import io.interlock.app.config.key.ValueTypes;
import io.interlock.app.config.problem.ConfigLocation;
import io.interlock.app.config.problem.ConfigProblemCollector;
import io.interlock.app.config.problem.ConfigValueFormatter;
import io.interlock.app.config.value.FilePathParser;
import io.interlock.app.config.value.ParsedValue;
import io.interlock.app.config.value.SyslogAddressParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Binds the general keys, which apply to every load balancer. */
final class ProxySettingsBinder {

    private final ConfigSection root;
    private final CommandLineOverrides overrides;
    private final Path workingDirectory;
    private final Path dataDir;
    private final ConfigProblemCollector problems;

    /**
     * @param workingDirectory start of relative paths in the command line
     * @param dataDir default folder of files; created when needed, so it may be missing
     */
    ProxySettingsBinder(
            ConfigSection root,
            CommandLineOverrides overrides,
            Path workingDirectory,
            Path dataDir,
            ConfigProblemCollector problems) {
        this.root = root;
        this.overrides = overrides;
        this.workingDirectory = workingDirectory;
        this.dataDir = dataDir;
        this.problems = problems;
    }

    /**
     * @param accessLog what Interlock must be told about requests
     */
    ProxySettings bind(Optional<AccessLogSettings> accessLog) {
        Optional<Integer> portOfFile = Optional.of(root.valueOf(ConfigKeys.PORT));
        int port = over("-proxy-port", overrides.proxyPort(), ValueTypes.port()::parse, portOfFile)
                .orElseThrow();
        Optional<Path> fileOfFile = root.get(ConfigKeys.PROXY_CONFIG_PATH, this::writable);
        Path configPath = over("-proxy-conf-path", overrides.proxyConfigPath(), this::typedFile, fileOfFile)
                .orElseGet(() -> dataDir.resolve("proxy.conf"));
        Path pidPath = root.get(ConfigKeys.PID_PATH, this::writable).orElseGet(() -> dataDir.resolve("proxy.pid"));
        if (pidPath.equals(configPath)) {
            root.wrong(ConfigKeys.PID_PATH, "another file than that of the proxy's configuration", "the same");
        }
        return new ProxySettings(
                port,
                root.valueOf(ConfigKeys.CONNECT_TIMEOUT),
                root.valueOf(ConfigKeys.SERVER_TIMEOUT),
                root.valueOf(ConfigKeys.CLIENT_TIMEOUT),
                root.valueOf(ConfigKeys.MAX_CONN),
                over("-syslog", overrides.syslog(), SyslogAddressParser::parse, syslog()),
                configPath,
                pidPath,
                credentials(),
                Optional.empty(),
                listeners(accessLog));
    }

    private ListenerSettings listeners(Optional<AccessLogSettings> accessLog) {
        List<AddressRange> proxies =
                root.valueOf(ConfigKeys.TRUSTED_PROXIES).stream().distinct().toList();
        boolean protocol = root.valueOf(ConfigKeys.PROXY_PROTOCOL);
        if (protocol && proxies.isEmpty()) {
            root.wrong(
                    ConfigKeys.PROXY_PROTOCOL,
                    "trusted_proxies beside it, which say whose connections begin so",
                    "none");
        }
        return new ListenerSettings(
                proxies,
                protocol,
                root.valueOf(ConfigKeys.LOG_FORMAT),
                root.get(ConfigKeys.ERROR_PAGES_DIR),
                accessLog);
    }

    /** Returns the same settings with HTTPS. */
    static ProxySettings with(Optional<HttpsConfig> https, ProxySettings plain) {
        return new ProxySettings(
                plain.port(),
                plain.connectTimeout(),
                plain.serverTimeout(),
                plain.clientTimeout(),
                plain.maxConnections(),
                plain.syslogAddress(),
                plain.configPath(),
                plain.pidPath(),
                plain.statsCredentials(),
                https.map(HttpsConfig::settings),
                plain.listeners());
    }

    /** Returns the command line's value if there is one, otherwise the file's; both have been checked. */
    private <T> Optional<T> over(
            String option, Optional<String> typed, Function<String, ParsedValue<T>> parser, Optional<T> ofFile) {
        return typed.flatMap(text -> accept(new ConfigLocation.Option(option), text, parser.apply(text)))
                .or(() -> ofFile);
    }

    private <T> Optional<T> accept(ConfigLocation place, String text, ParsedValue<T> parsed) {
        return switch (parsed) {
            case ParsedValue.Good<T> good -> Optional.of(good.value());
            case ParsedValue.Bad<T> bad -> {
                problems.add(place, bad.expected(), ConfigValueFormatter.text(text), bad.hint());
                yield Optional.empty();
            }
        };
    }

    /** Returns the value of either spelling: the documentation of 0.1 has one, its code the other. */
    private Optional<String> syslog() {
        Optional<String> address = root.get(ConfigKeys.SYSLOG_ADDR);
        Optional<String> misspelt = root.get(ConfigKeys.SYSLOAD_ADDR);
        if (address.isPresent() && misspelt.isPresent() && !address.equals(misspelt)) {
            root.wrong(
                    ConfigKeys.SYSLOAD_ADDR,
                    "the same as $.syslog_addr, or only one of the two",
                    ConfigValueFormatter.text(misspelt.get()));
        }
        return address.or(() -> misspelt);
    }

    private ParsedValue<Path> typedFile(String text) {
        return FilePathParser.parse(text, workingDirectory).then(this::writable);
    }

    private ParsedValue<Path> writable(Path path) {
        if (Files.isDirectory(path)) {
            return ParsedValue.bad("the path of a file", "it is a folder");
        }
        Path folder = path.getParent();
        boolean there = folder != null && (folder.equals(dataDir) || Files.isDirectory(folder));
        return there
                ? ParsedValue.good(path)
                : ParsedValue.bad("a path in a folder that exists", "there is no folder " + folder);
    }

    private Optional<Credentials> credentials() {
        Optional<String> user = root.get(ConfigKeys.STATS_USER);
        Optional<String> password = root.get(ConfigKeys.STATS_PASSWORD);
        requireBoth(ConfigKeys.STATS_USER, ConfigKeys.STATS_PASSWORD);
        requireBoth(ConfigKeys.STATS_PASSWORD, ConfigKeys.STATS_USER);
        return user.isPresent() && password.isPresent()
                ? Optional.of(new Credentials(user.get(), password.get()))
                : Optional.empty();
    }

    private void requireBoth(ConfigKey<String> key, ConfigKey<String> other) {
        if (root.has(key) && !root.has(other)) {
            root.wrong(key, "both stats_user and stats_password, or neither", "no " + other.name());
        }
    }
}
