package io.interlock.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.interlock.app.admin.AdminClient;
import io.interlock.app.admin.AdminCommands;
import io.interlock.app.admin.AdminJsonMapper;
import io.interlock.app.cli.InterlockApplication.DryRunSession;
import io.interlock.app.cli.compare.ProxyComparator;
import io.interlock.app.cli.text.CertificatesText;
import io.interlock.app.cli.text.ComparisonText;
import io.interlock.app.cli.text.EventText;
import io.interlock.app.cli.text.ExplanationText;
import io.interlock.app.cli.text.MigrationText;
import io.interlock.app.cli.text.OwnersText;
import io.interlock.app.cli.text.PluginsText;
import io.interlock.app.cli.text.PreviewText;
import io.interlock.app.cli.text.ReloadText;
import io.interlock.app.cli.text.RoutesText;
import io.interlock.app.cli.text.StatusText;
import io.interlock.app.cli.text.TopText;
import io.interlock.app.config.ConfigResult;
import io.interlock.app.config.EngineConfig;
import io.interlock.app.config.InterlockConfig;
import io.interlock.app.config.problem.ConfigProblem;
import io.interlock.util.ErrorMessages;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/** A command that asks: a running Interlock, or, if none runs and it can be told without one, the engines themselves. */
final class QueryCommand {

    private static final Set<String> TOLD_WITHOUT = Set.of(
            AdminCommands.EXPLAIN,
            AdminCommands.ROUTES,
            AdminCommands.RENDER,
            AdminCommands.PLUGINS,
            AdminCommands.OWNERS);

    private static final int USUAL_ROWS = 20;
    private static final int USUAL_INTERVAL = 2;

    /** Goes to the beginning of an empty screen. */
    private static final String CLEAR = "\u001b[H\u001b[2J";

    private final CliArguments arguments;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Supplier<InterlockApplication> application;
    private final boolean isJson;

    QueryCommand(CliArguments arguments, PrintWriter out, PrintWriter err, Supplier<InterlockApplication> application) {
        this.arguments = arguments;
        this.out = out;
        this.err = err;
        this.application = application;
        this.isJson = arguments.isJson();
    }

    /**
     * Asks and shows the answer. An Interlock that runs with an earlier configuration answers although the present one
     * has problems.
     *
     * @param refuse called with the problems if none runs
     */
    int make(ConfigResult configuration, ToIntFunction<List<ConfigProblem>> refuse) {
        try {
            return switch (configuration) {
                case ConfigResult.Valid valid -> make(valid);
                case ConfigResult.Invalid invalid -> make(invalid, refuse);
            };
        } catch (IOException e) {
            err.println("interlock: " + ErrorMessages.reason(e));
            return ExitCodes.FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCodes.FAILED;
        }
    }

    private int make(ConfigResult.Invalid configuration, ToIntFunction<List<ConfigProblem>> refuse)
            throws IOException, InterruptedException {
        try {
            return ask(new AdminClient(configuration.dataDir()));
        } catch (AdminClient.NotRunningException e) {
            return refuse.applyAsInt(configuration.problems());
        }
    }

    private int make(ConfigResult.Valid configuration) throws IOException, InterruptedException {
        if (arguments.command().equals(AdminCommands.MIGRATE)) {
            return migrate(configuration);
        }
        try {
            return ask(new AdminClient(configuration.config().dataDir()));
        } catch (AdminClient.NotRunningException e) {
            if (!TOLD_WITHOUT.contains(arguments.command())) {
                err.println("interlock: no Interlock runs with this configuration: " + e.getMessage());
                err.println("Start it, or give its configuration file with -config; Interlock is found by the data_dir"
                        + " in it.");
                return ExitCodes.NOT_RUNNING;
            }
            return lookOnce(configuration);
        }
    }

    private int ask(AdminClient running) throws IOException, InterruptedException {
        if (arguments.command().equals(CommandLineSyntax.TOP)) {
            return top(running);
        }
        if (arguments.command().equals(AdminCommands.LOGS)) {
            return new LogsCommand(arguments, out, err).make(running);
        }
        return arguments.has(CommandLineSyntax.FOLLOW) ? follow(running) : show(running.ask(question()));
    }

    private int top(AdminClient running) throws IOException, InterruptedException {
        int count = arguments.number(CommandLineSyntax.COUNT, Integer.MAX_VALUE);
        int rows = arguments.number(CommandLineSyntax.ROWS, USUAL_ROWS);
        int interval = arguments.number(CommandLineSyntax.INTERVAL, USUAL_INTERVAL);
        String before = !isJson && TerminalDetector.isTerminal() ? CLEAR : "";
        JsonNode earlier = running.ask(AdminCommands.TRAFFIC);
        for (int look = 0; look < count && !out.checkError(); look++) {
            TimeUnit.SECONDS.sleep(interval);
            JsonNode now = running.ask(AdminCommands.TRAFFIC);
            Optional<String> error = AdminCommands.error(now);
            if (error.isPresent()) {
                return show(now);
            }
            out.println(isJson ? now.toString() : before + TopText.of(earlier, now, rows) + "\n");
            earlier = now;
        }
        return ExitCodes.OK;
    }

    /** Never asks a running Interlock: the dialect need not be on there. */
    private int migrate(ConfigResult.Valid configuration) throws IOException, InterruptedException {
        String from = arguments.option(CommandLineSyntax.FROM).orElse("");
        try {
            InterlockConfig config = arguments
                    .option(CommandLineSyntax.ENGINE)
                    .map(engine -> configuration.config().of(List.of(engine(engine, configuration.config()))))
                    .orElse(configuration.config());
            List<String> dialects = Stream.concat(config.dialects().stream(), Stream.of(from))
                    .distinct()
                    .toList();
            Optional<ProxyComparator> comparator = comparator(config);
            try (DryRunSession glance = application.get().dryRun(configuration.with(config.with(dialects)))) {
                JsonNode answer =
                        new AdminCommands(glance.adminService(), false).answer(AdminCommands.MIGRATE + " " + from);
                return show(comparator.isPresent() ? compared(answer, comparator.get()) : answer);
            }
        } catch (IllegalArgumentException e) {
            err.println("interlock: " + ErrorMessages.reason(e));
            return ExitCodes.FAILED;
        }
    }

    private Optional<ProxyComparator> comparator(InterlockConfig config) {
        Optional<String> other = arguments.option(CommandLineSyntax.COMPARE);
        Optional<String> interlock = arguments.option(CommandLineSyntax.WITH);
        if (interlock.isPresent() && other.isEmpty()) {
            throw new IllegalArgumentException(CommandLineSyntax.WITH + " needs " + CommandLineSyntax.COMPARE);
        }
        return other.map(url -> new ProxyComparator(url, interlock.orElseGet(() -> ofThisMachine(url, config))));
    }

    /** Returns the answer with how the other proxy and Interlock answer the same requests. */
    private static JsonNode compared(JsonNode answer, ProxyComparator comparator) throws IOException {
        if (!(answer instanceof ObjectNode report)
                || AdminCommands.error(answer).isPresent()) {
            return answer;
        }
        List<String> routes = report.findValues("routes").stream()
                .flatMap(JsonNode::valueStream)
                .map(JsonNode::asText)
                .sorted()
                .toList();
        return report.set("comparison", AdminJsonMapper.tree(comparator.compare(routes)));
    }

    private static String ofThisMachine(String other, InterlockConfig config) {
        boolean isSecure = other.startsWith("https:");
        int port = isSecure
                ? config.https()
                        .map(https -> https.settings().port())
                        .orElseThrow(() -> new IllegalArgumentException(
                                "Interlock has no port for HTTPS in its configuration: set tls.port, or give --with"))
                : config.proxy().port();
        return (isSecure ? "https" : "http") + "://127.0.0.1:" + port;
    }

    private static EngineConfig engine(String text, InterlockConfig config) {
        return config.engines().stream()
                .filter(engine -> engine.id().equals(text))
                .findFirst()
                .orElseGet(() -> EngineConfig.at(text));
    }

    private String question() {
        return (arguments.command() + " "
                        + (arguments.command().equals(AdminCommands.RELOAD) ? way() : arguments.subject()))
                .strip();
    }

    /** How to reload. */
    private String way() {
        return arguments.has(CommandLineSyntax.DRY_RUN)
                ? AdminCommands.DRY_RUN
                        + arguments.dryRunFile().map(file -> " " + file).orElse("")
                : "";
    }

    private int lookOnce(ConfigResult.Valid configuration) throws IOException, InterruptedException {
        if (!isJson) {
            err.println("(no Interlock runs with this configuration; this is what one would do)");
        }
        try (DryRunSession glance = application.get().dryRun(configuration)) {
            return show(new AdminCommands(glance.adminService(), false).answer(question()));
        }
    }

    private int follow(AdminClient running) throws IOException {
        running.follow(AdminCommands.EVENTS + " " + AdminCommands.FOLLOW, event -> {
            out.println(isJson ? event.toString() : EventText.of(event));
            out.flush();
            return !out.checkError();
        });
        return ExitCodes.OK;
    }

    private int show(JsonNode answer) throws IOException {
        Optional<String> error = AdminCommands.error(answer);
        if (error.isPresent()) {
            err.println("interlock: " + error.get());
            return ExitCodes.FAILED;
        }
        out.println(isJson ? AdminJsonMapper.pretty(answer) : text(answer));
        return switch (arguments.command()) {
            case AdminCommands.EXPLAIN ->
                answer.path("verdict").asText().equals("served") ? ExitCodes.OK : ExitCodes.NOT_SERVED;
            case AdminCommands.MIGRATE ->
                answer.path("understood").asBoolean()
                                && answer.path("comparison").path("answers").isEmpty()
                        ? ExitCodes.OK
                        : ExitCodes.PROBLEMS;
            case AdminCommands.RELOAD -> ofReload(answer.path("outcome").asText());
            case AdminCommands.STATUS ->
                arguments.has(CommandLineSyntax.EXIT_CODE) && hasLastingProblems(answer)
                        ? ExitCodes.PROBLEMS
                        : ExitCodes.OK;
            default -> ExitCodes.OK;
        };
    }

    private static boolean hasLastingProblems(JsonNode status) {
        return status.path("problems")
                .valueStream()
                .anyMatch(problem -> !problem.path("severity").asText().equals("waiting"));
    }

    private static int ofReload(String outcome) {
        return switch (outcome) {
            case "refused" -> ExitCodes.INVALID;
            case "failed" -> ExitCodes.FAILED;
            default -> ExitCodes.OK;
        };
    }

    private String text(JsonNode answer) {
        return switch (arguments.command()) {
            case AdminCommands.STATUS -> StatusText.of(answer);
            case AdminCommands.ROUTES -> RoutesText.of(answer);
            case AdminCommands.CERTIFICATES -> CertificatesText.of(answer, Instant.now());
            case AdminCommands.PLUGINS -> PluginsText.of(answer);
            case AdminCommands.OWNERS -> OwnersText.of(answer);
            case AdminCommands.EXPLAIN -> ExplanationText.of(answer);
            case AdminCommands.EVENTS -> EventText.all(answer);
            case AdminCommands.RENDER -> PreviewText.of(answer);
            case AdminCommands.RELOAD -> ReloadText.of(answer);
            case AdminCommands.MIGRATE ->
                MigrationText.of(answer)
                        + (answer.has("comparison") ? "\n\n" + ComparisonText.of(answer.path("comparison")) : "");
            case AdminCommands.LOG_LEVEL ->
                "The log level is " + answer.path("level").asText() + " from now on.";
            default -> throw new IllegalStateException("no such command: " + arguments.command());
        };
    }
}
