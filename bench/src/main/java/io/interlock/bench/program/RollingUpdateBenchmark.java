package io.interlock.bench.program;

import io.interlock.testsupport.distribution.ConfigFileBuilder;
import io.interlock.testsupport.distribution.InterlockProcess;
import io.interlock.testsupport.distribution.ReplacementMode;
import io.interlock.testsupport.distribution.RollingUpdateScenario;
import io.interlock.testsupport.engine.LocalEngine;
import io.interlock.testsupport.network.HttpConnection;
import io.interlock.testsupport.network.HttpLoadClient;
import io.interlock.testsupport.network.HttpLoadResult;
import io.interlock.testsupport.network.SyslogReceiver;
import io.interlock.testsupport.process.DistributionFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Runs rolling updates in every mode and counts failures that clients see: {@code make rolls}. Not a test: nothing here
 * passes or fails. Arguments: the modes (default: all), a number of seconds (default: 30), and {@code log} to print
 * HAProxy's log lines for each request that failed.
 */
public final class RollingUpdateBenchmark {

    private static final int CONNECTIONS = 20;
    private static final int PER_SECOND = 25;

    private final List<ReplacementMode> manners;
    private final Duration duration;
    private final boolean logging;
    private final boolean nginx;

    private RollingUpdateBenchmark(List<String> arguments) {
        List<ReplacementMode> named = Stream.of(ReplacementMode.values())
                .filter(manner -> arguments.contains(name(manner)))
                .toList();
        this.manners = named.isEmpty() ? List.of(ReplacementMode.values()) : named;
        this.duration = arguments.stream()
                .filter(argument -> argument.matches("\\d{1,4}"))
                .findFirst()
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .orElse(Duration.ofSeconds(30));
        this.logging = arguments.contains("log");
        this.nginx = arguments.contains("nginx");
    }

    public static void main(String[] args) throws Exception {
        new RollingUpdateBenchmark(List.of(args)).run();
    }

    private void run() throws Exception {
        say(
                "rolls: 4 containers, one replaced every 500 ms; %d connections x %d requests/s, half of them POST",
                CONNECTIONS, PER_SECOND);
        say(
                "%-8s%8s%9s%8s%8s%8s%8s%9s%9s%9s%12s%9s",
                "",
                "offered",
                "answered",
                "failed",
                "failed",
                "twice",
                "twice",
                "p50",
                "p99",
                "max",
                "direct p99",
                "reloads");
        say(
                "%-8s%8s%9s%8s%8s%8s%8s%9s%9s%9s%12s%9s",
                "", "", "", "GET", "POST", "GET", "POST", "ms", "ms", "ms", "ms", "");
        for (ReplacementMode manner : manners) {
            try (LocalEngine engine = LocalEngine.connect();
                    SyslogReceiver syslog = new SyslogReceiver();
                    InterlockProcess interlock = start(engine, syslog)) {
                HttpLoadClient.Plan plan = new HttpLoadClient.Plan(CONNECTIONS, PER_SECOND, duration, true);
                report(
                        manner,
                        new RollingUpdateScenario(engine, interlock, manner, () -> reloads(interlock)).run(plan),
                        syslog);
            }
        }
    }

    private InterlockProcess start(LocalEngine engine, SyslogReceiver syslog) throws Exception {
        ConfigFileBuilder settings =
                ConfigFileBuilder.inNewFolder().engine("local", engine.address().toString());
        if (logging) {
            settings.with(file -> file.put("syslog_addr", syslog.address()));
        }
        if (!nginx) {
            return InterlockProcess.start(settings).awaitReady();
        }
        Path jar = DistributionFiles.projectFile("plugins/example-nginx/target/interlock-plugin-nginx-1.0.0.jar");
        Path plugins = Files.createDirectory(settings.folder().resolve("plugins"));
        Files.copy(jar, plugins.resolve(jar.getFileName()));
        settings.with(file -> file.put("plugins_dir", plugins.toString())
                .putObject("plugins")
                .putObject("nginx")
                .put("port", settings.port()));
        return InterlockProcess.start(settings)
                .awaitThat(
                        "nginx answers",
                        () -> HttpConnection.get(settings.port(), "any", "/").status() == 503);
    }

    /** nginx does not count its reloads: there is one for each change. */
    private int reloads(InterlockProcess interlock) {
        return nginx ? 0 : interlock.proxyReloads();
    }

    private void report(ReplacementMode manner, RollingUpdateScenario.Outcome outcome, SyslogReceiver syslog) {
        HttpLoadResult load = outcome.load();
        say(
                "%-8s%8d%9d%8d%8d%8d%8d%9.1f%9.1f%9.1f%12.1f%9d",
                name(manner),
                load.sent(),
                load.withStatus(200),
                outcome.failed("g"),
                outcome.failed("p"),
                outcome.repeatedExecutions("g"),
                outcome.repeatedExecutions("p"),
                load.millis(0.5),
                load.millis(0.99),
                load.millis(1),
                outcome.direct().millis(0.99),
                outcome.reloads());
        if (logging) {
            for (HttpLoadResult.RequestFailure blemish : load.requestFailures()) {
                say(
                        "    %s %s, due at %d ms, at %d ms: %s",
                        blemish.path(),
                        outcome.isExecuted(blemish.path()) ? "executed" : "not executed",
                        blemish.due(),
                        blemish.over(),
                        blemish.what());
                syslog.linesWith(blemish.path() + " ").forEach(line -> say("        %s", line));
            }
        }
    }

    private static String name(ReplacementMode manner) {
        return manner.name().toLowerCase(Locale.ROOT);
    }

    private static void say(String format, Object... arguments) {
        System.out.printf(format + "%n", arguments);
    }
}
