package io.interlock.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.interlock.app.admin.AdminClient;
import io.interlock.app.admin.Documents;
import io.interlock.app.admin.Questions;
import io.interlock.app.cli.Application.Glance;
import io.interlock.app.config.ConfigResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** A command that asks: a running Interlock, or, if none runs and it can be told without one, the engines themselves. */
final class Inquiry {

    private static final Set<String> TOLD_WITHOUT =
            Set.of(Questions.EXPLAIN, Questions.ROUTES, Questions.RENDER, Questions.PLUGINS);

    private final Arguments arguments;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Supplier<Application> application;

    Inquiry(Arguments arguments, PrintWriter out, PrintWriter err, Supplier<Application> application) {
        this.arguments = arguments;
        this.out = out;
        this.err = err;
        this.application = application;
    }

    int make(ConfigResult.Valid configuration) {
        AdminClient running = new AdminClient(configuration.config().dataDir());
        try {
            try {
                return arguments.has(Syntax.FOLLOW) ? follow(running) : show(running.ask(question()));
            } catch (AdminClient.NotRunningException e) {
                if (!TOLD_WITHOUT.contains(arguments.command())) {
                    err.println("interlock: no Interlock runs with this configuration: " + e.getMessage());
                    err.println(
                            "Start it, or name its configuration file with -config; data_dir in it says where it is.");
                    return ExitCodes.NOT_RUNNING;
                }
                return lookOnce(configuration);
            }
        } catch (IOException e) {
            err.println("interlock: " + e.getMessage());
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
        if (!arguments.has(Syntax.JSON)) {
            err.println("(no Interlock runs with this configuration; this is what one would do)");
        }
        try (Glance glance = application.get().look(configuration)) {
            return show(new Questions(glance.desk(), false).answer(question()));
        }
    }

    private int follow(AdminClient running) throws IOException {
        running.follow(Questions.EVENTS + " " + Questions.FOLLOW, event -> {
            out.println(arguments.has(Syntax.JSON) ? event.toString() : EventText.of(event));
            out.flush();
            return !out.checkError();
        });
        return ExitCodes.OK;
    }

    private int show(JsonNode answer) throws IOException {
        Optional<String> error = Questions.error(answer);
        if (error.isPresent()) {
            err.println("interlock: " + error.get());
            return ExitCodes.FAILED;
        }
        out.println(arguments.has(Syntax.JSON) ? Documents.pretty(answer) : text(answer));
        return arguments.command().equals(Questions.EXPLAIN)
                        && !answer.path("verdict").asText().equals("served")
                ? ExitCodes.NOT_SERVED
                : ExitCodes.OK;
    }

    private String text(JsonNode answer) {
        return switch (arguments.command()) {
            case Questions.STATUS -> StatusText.of(answer);
            case Questions.ROUTES -> RoutesText.of(answer);
            case Questions.CERTIFICATES -> CertificatesText.of(answer, Instant.now());
            case Questions.PLUGINS -> PluginsText.of(answer);
            case Questions.EXPLAIN -> ExplanationText.of(answer);
            case Questions.EVENTS -> EventText.all(answer);
            case Questions.RENDER -> RenderText.of(answer);
            case Questions.LOG_LEVEL ->
                "The log level is " + answer.path("level").asText() + " from now on.";
            default -> throw new IllegalStateException("no such command: " + arguments.command());
        };
    }
}
