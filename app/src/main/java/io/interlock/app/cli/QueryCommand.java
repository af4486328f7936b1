package io.interlock.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.interlock.app.admin.AdminClient;
import io.interlock.app.admin.AdminCommands;
import io.interlock.app.admin.AdminJsonMapper;
import io.interlock.app.cli.InterlockApplication.DryRunSession;
import io.interlock.app.config.ConfigResult;
import io.interlock.util.ErrorMessages;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** A command that asks: a running Interlock, or, if none runs and it can be told without one, the engines themselves. */
final class QueryCommand {

    private static final Set<String> TOLD_WITHOUT = Set.of(
            AdminCommands.EXPLAIN,
            AdminCommands.ROUTES,
            AdminCommands.RENDER,
            AdminCommands.PLUGINS,
            AdminCommands.OWNERS);

    private final CliArguments arguments;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Supplier<InterlockApplication> application;

    QueryCommand(CliArguments arguments, PrintWriter out, PrintWriter err, Supplier<InterlockApplication> application) {
        this.arguments = arguments;
        this.out = out;
        this.err = err;
        this.application = application;
    }

    int make(ConfigResult.Valid configuration) {
        AdminClient running = new AdminClient(configuration.config().dataDir());
        try {
            try {
                return arguments.has(CommandLineSyntax.FOLLOW) ? follow(running) : show(running.ask(question()));
            } catch (AdminClient.NotRunningException e) {
                if (!TOLD_WITHOUT.contains(arguments.command())) {
                    err.println("interlock: no Interlock runs with this configuration: " + e.getMessage());
                    err.println(
                            "Start it, or give its configuration file with -config; Interlock is found by the data_dir"
                                    + " in it.");
                    return ExitCodes.NOT_RUNNING;
                }
                return lookOnce(configuration);
            }
        } catch (IOException e) {
            err.println("interlock: " + ErrorMessages.reason(e));
            return ExitCodes.FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCodes.FAILED;
        }
    }

    private String question() {
        return (arguments.command() + " " + arguments.subject()).strip();
    }

    private int lookOnce(ConfigResult.Valid configuration) throws IOException, InterruptedException {
        if (!arguments.has(CommandLineSyntax.JSON)) {
            err.println("(no Interlock runs with this configuration; this is what one would do)");
        }
        try (DryRunSession glance = application.get().dryRun(configuration)) {
            return show(new AdminCommands(glance.adminService(), false).answer(question()));
        }
    }

    private int follow(AdminClient running) throws IOException {
        running.follow(AdminCommands.EVENTS + " " + AdminCommands.FOLLOW, event -> {
            out.println(arguments.has(CommandLineSyntax.JSON) ? event.toString() : EventText.of(event));
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
        out.println(arguments.has(CommandLineSyntax.JSON) ? AdminJsonMapper.pretty(answer) : text(answer));
        return arguments.command().equals(AdminCommands.EXPLAIN)
                        && !answer.path("verdict").asText().equals("served")
                ? ExitCodes.NOT_SERVED
                : ExitCodes.OK;
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
            case AdminCommands.LOG_LEVEL ->
                "The log level is " + answer.path("level").asText() + " from now on.";
            default -> throw new IllegalStateException("no such command: " + arguments.command());
        };
    }
}
