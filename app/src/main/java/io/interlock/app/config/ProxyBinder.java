package io.interlock.app.config;

import io.interlock.api.loadbalancer.Credentials;
import io.interlock.api.loadbalancer.ListenerSettings;
import io.interlock.api.loadbalancer.ListenerSettings.LogFormat;
import io.interlock.api.loadbalancer.ProxySettings;
import io.interlock.api.topology.AddressRange;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Binds the general keys: what is asked of whichever load balancer serves. */
final class ProxyBinder {

    private static final Bounds PORT = new Bounds(1, 65_535, "");
    private static final Bounds TIMEOUT = new Bounds(1, Integer.MAX_VALUE, "milliseconds");
    private static final Bounds CONNECTIONS = new Bounds(1, 1_000_000, "connections");
    private static final String LOG_FORMATS = "\"text\" or \"json\"";
    private static final long DEFAULT_PORT = 8_080;
    private static final long DEFAULT_CONNECT_TIMEOUT = 5_000;
    private static final long DEFAULT_TIMEOUT = 10_000;
    private static final long DEFAULT_CONNECTIONS = 2_048;

    private final Section root;
    private final Overrides overrides;
    private final Path base;
    private final Path workingDirectory;
    private final Path dataDir;
    private final Problems problems;

    /**
     * @param base what relative paths of the file start from
     * @param workingDirectory what relative paths of the command line start from
     * @param dataDir where files go that have no place of their own; made when needed, so it need not be there
     */
    ProxyBinder(Section root, Overrides overrides, Path base, Path workingDirectory, Path dataDir, Problems problems) {
        this.root = root;
        this.overrides = overrides;
        this.base = base;
        this.workingDirectory = workingDirectory;
        this.dataDir = dataDir;
        this.problems = problems;
    }

    ProxySettings bind() {
        long port = over("-proxy-port", overrides.proxyPort(), PORT::parse, root.wholeNumber("port", PORT))
                .orElse(DEFAULT_PORT);
        Path configPath = over(
                        "-proxy-conf-path", overrides.proxyConfigPath(), this::typedFile, file("proxy_config_path"))
                .orElseGet(() -> dataDir.resolve("proxy.conf"));
        Path pidPath = file("pid_path").orElseGet(() -> dataDir.resolve("proxy.pid"));
        if (pidPath.equals(configPath)) {
            root.wrong("pid_path", "another file than that of the proxy's configuration", "the same");
        }
        return new ProxySettings(
                Math.toIntExact(port),
                timeout("connect_timeout", DEFAULT_CONNECT_TIMEOUT),
                timeout("server_timeout", DEFAULT_TIMEOUT),
                timeout("client_timeout", DEFAULT_TIMEOUT),
                Math.toIntExact(root.wholeNumber("max_conn", CONNECTIONS).orElse(DEFAULT_CONNECTIONS)),
                over("-syslog", overrides.syslog(), SyslogAddress::parse, syslog()),
                configPath,
                pidPath,
                credentials(),
                Optional.empty(),
                listeners());
    }

    private ListenerSettings listeners() {
        List<AddressRange> proxies = root.texts("trusted_proxies", ProxyBinder::range).stream()
                .map(AddressRange::of)
                .distinct()
                .toList();
        boolean protocol = root.truth("proxy_protocol").orElse(false);
        if (protocol && proxies.isEmpty()) {
            root.wrong("proxy_protocol", "trusted_proxies beside it, which say whose connections begin so", "none");
        }
        LogFormat format =
                root.parsed("log_format", LOG_FORMATS, ProxyBinder::logFormat).orElse(LogFormat.TEXT);
        Optional<Path> pages = root.parsed("error_pages_dir", "the path of a folder", this::folder);
        return new ListenerSettings(proxies, protocol, format, pages);
    }

    private static Parsed<String> range(String text) {
        try {
            return Parsed.good(AddressRange.of(text).toString());
        } catch (IllegalArgumentException e) {
            return Parsed.bad("a range of addresses, such as 10.0.0.0/8");
        }
    }

    private static Parsed<LogFormat> logFormat(String text) {
        return switch (text) {
            case "text" -> Parsed.good(LogFormat.TEXT);
            case "json" -> Parsed.good(LogFormat.JSON);
            default -> Parsed.bad(LOG_FORMATS);
        };
    }

    private Parsed<Path> folder(String text) {
        return FilePaths.parse(text, base)
                .then(path -> Files.isDirectory(path)
                        ? Parsed.good(path)
                        : Parsed.bad("the path of a folder that exists", "there is none"));
    }

    /** The same with HTTPS. */
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

    /** The command line's value if there is one, else the file's; both have been checked. */
    private <T> Optional<T> over(
            String option, Optional<String> typed, Function<String, Parsed<T>> parser, Optional<T> ofFile) {
        return typed.flatMap(text -> root.accept(new Place.Option(option), text, parser.apply(text)))
                .or(() -> ofFile);
    }

    private Duration timeout(String key, long standard) {
        return Duration.ofMillis(root.wholeNumber(key, TIMEOUT).orElse(standard));
    }

    /** Both spellings: the documentation of 0.1 had one, its code the other. */
    private Optional<String> syslog() {
        Optional<String> address = root.parsed("syslog_addr", SyslogAddress.EXPECTED, SyslogAddress::parse);
        Optional<String> misspelt = root.parsed("sysload_addr", SyslogAddress.EXPECTED, SyslogAddress::parse);
        if (address.isPresent() && misspelt.isPresent() && !address.equals(misspelt)) {
            problems.add(
                    root.place("sysload_addr"),
                    "the same as $.syslog_addr, or only one of the two",
                    Shown.text(misspelt.get()));
        }
        return address.or(() -> misspelt);
    }

    private Optional<Path> file(String key) {
        return root.parsed(key, FilePaths.EXPECTED, text -> file(text, base));
    }

    private Parsed<Path> typedFile(String text) {
        return file(text, workingDirectory);
    }

    private Parsed<Path> file(String text, Path start) {
        return FilePaths.parse(text, start).then(this::writable);
    }

    private Parsed<Path> writable(Path path) {
        if (Files.isDirectory(path)) {
            return Parsed.bad("the path of a file", "it is a folder");
        }
        Path folder = path.getParent();
        boolean there = folder != null && (folder.equals(dataDir) || Files.isDirectory(folder));
        return there ? Parsed.good(path) : Parsed.bad("a path in a folder that exists", "there is no folder " + folder);
    }

    private Optional<Credentials> credentials() {
        Optional<String> user = root.text("stats_user", "a user name");
        Optional<String> password = root.secret("stats_password", "a password");
        if (user.isPresent() && password.isPresent()) {
            return credentials(user.get(), password.get());
        }
        requireBoth("stats_user", "stats_password");
        requireBoth("stats_password", "stats_user");
        return Optional.empty();
    }

    private void requireBoth(String key, String other) {
        if (root.has(key) && !root.has(other)) {
            root.wrong(key, "both stats_user and stats_password, or neither", "no " + other);
        }
    }

    private Optional<Credentials> credentials(String user, String password) {
        try {
            new Credentials(user, "any");
        } catch (IllegalArgumentException e) {
            root.wrong("stats_user", "1 to 64 printable ASCII characters without blanks or colon", Shown.text(user));
            return Optional.empty();
        }
        try {
            return Optional.of(new Credentials(user, password));
        } catch (IllegalArgumentException e) {
            return root.wrong("stats_password", "1 to 256 printable ASCII characters", "other or more characters");
        }
    }
}
