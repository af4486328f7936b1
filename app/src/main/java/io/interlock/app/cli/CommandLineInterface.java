package io.interlock.app.cli;

import io.interlock.app.admin.AdminCommands;
import io.interlock.app.cli.handshake.CertificateCheckCommand;
import io.interlock.app.cli.project.PluginProjectCommand;
import io.interlock.app.config.ConfigResult;
import io.interlock.app.config.ConfigSource;
import io.interlock.app.config.EngineConfig;
import io.interlock.app.config.InterlockConfig;
import io.interlock.app.config.problem.ConfigProblem;
import io.interlock.app.config.reader.ConfigReader;
import io.interlock.app.config.reader.ProcessEnvironment;
import io.interlock.pluginhost.ApiVersion;
import io.interlock.util.CountText;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Understands a command line and does what it says. */
public final class CommandLineInterface {

    private static final String CONFIG_VARIABLE = "INTERLOCK_CONFIG";
    private static final int HTTPS_PORT = 443;

    private final Map<String, String> environment;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Supplier<InterlockApplication> application;

    /**
     * @param out for what was asked for
     * @param err for what is wrong
     * @param application made only when there is a valid configuration
     */
    public CommandLineInterface(
            Map<String, String> environment,
            PrintWriter out,
            PrintWriter err,
            Supplier<InterlockApplication> application) {
        this.environment = environment;
        this.out = out;
        this.err = err;
        this.application = application;
    }

    /**
     * Does what the command line says; returns when that has ended.
     *
     * @param version what {@code --version} shows
     * @return one of {@link ExitCodes}
     */
    public int run(String version, String... args) {
        CommandLine commandLine =
                CommandLineSyntax.commandLine(version).setOut(out).setErr(err);
        try {
            ParseResult typed = commandLine.parseArgs(args);
            Integer helped = CommandLine.executeHelpRequest(typed);
            if (helped != null) {
                return helped;
            }
            CliArguments arguments = new CliArguments(typed);
            return switch (arguments.command()) {
                case CommandLineSyntax.COMPLETION -> complete(arguments.subject(), commandLine);
                case CommandLineSyntax.SCHEMA -> printSchema(arguments.subject(), commandLine);
                case AdminCommands.PLUGINS ->
                    arguments.positionals().isEmpty() ? perform(arguments) : createProject(arguments);
                default -> perform(arguments);
            };
        } catch (ParameterException e) {
            return misunderstood(e);
        } finally {
            out.flush();
            err.flush();
        }
    }

    private int complete(String shell, CommandLine commandLine) {
        out.println(CompletionScripts.of(shell.isEmpty() ? "bash" : shell, commandLine)
                .orElseThrow(() -> new ParameterException(
                        commandLine,
                        "There is no completion for \"" + shell + "\", but for "
                                + String.join(", ", CompletionScripts.SHELLS))));
        return ExitCodes.OK;
    }

    private int printSchema(String name, CommandLine commandLine) {
        out.print(PublishedSchemas.text(name)
                .orElseThrow(() -> new ParameterException(
                        commandLine,
                        "There is no schema of \"" + name + "\", but of "
                                + String.join(", ", PublishedSchemas.names()))));
        return ExitCodes.OK;
    }

    private int createProject(CliArguments arguments) {
        List<String> words = arguments.positionals();
        if (words.size() != 2 || !words.getFirst().equals(CommandLineSyntax.NEW)) {
            err.println(
                    "interlock: expected \"plugins\", or \"plugins new NAME --kind KIND\" with --package PACKAGE and"
                            + " --directory FOLDER if needed");
            return ExitCodes.INVALID;
        }
        PluginProjectCommand.Request request = new PluginProjectCommand.Request(
                words.getLast(),
                arguments.option(CommandLineSyntax.KIND).orElse(""),
                arguments.option(CommandLineSyntax.PACKAGE),
                arguments.option(CommandLineSyntax.DIRECTORY).map(arguments::path));
        return switch (new PluginProjectCommand(out, err, ApiVersion.artifact()).make(request)) {
            case CREATED -> ExitCodes.OK;
            case REFUSED -> ExitCodes.FAILED;
            case INVALID -> ExitCodes.INVALID;
        };
    }

    private int perform(CliArguments arguments) {
        Optional<String> file = arguments.file().or(() -> Optional.ofNullable(environment.get(CONFIG_VARIABLE)));
        ConfigReader reader = new ConfigReader(ProcessEnvironment.ofThisProcess(environment));
        Optional<Path> path = file.filter(name -> !name.isEmpty()).map(arguments::path);
        ConfigResult configuration = reader.read(path, arguments.overrides());
        boolean isQuestion =
                !arguments.command().isEmpty() && !arguments.command().equals(CommandLineSyntax.CHECK);
        if (arguments.isFileWithoutDryRun()) {
            err.println(
                    "interlock: reload FILE needs --dry-run; -config names the configuration of the Interlock to ask");
            return ExitCodes.INVALID;
        }
        if (arguments.command().equals(AdminCommands.CERTIFICATES)
                && !arguments.positionals().isEmpty()
                && configuration instanceof ConfigResult.Valid valid) {
            return checkCertificate(arguments, valid.config());
        }
        if (isQuestion) {
            return new QueryCommand(arguments, out, err, application).make(configuration, this::refuse);
        }
        return switch (configuration) {
            case ConfigResult.Invalid invalid -> refuse(invalid.problems());
            case ConfigResult.Valid valid ->
                arguments.command().isEmpty() ? start(valid, reader.source(path, arguments.overrides())) : check(valid);
        };
    }

    private int start(ConfigResult.Valid configuration, ConfigSource source) {
        return switch (application.get().run(configuration, source)) {
            case InterlockApplication.Outcome.Ended ended -> ended.exitCode();
            case InterlockApplication.Outcome.Refused refused -> refuse(refused.problems());
        };
    }

    private int check(ConfigResult.Valid configuration) {
        InterlockApplication.CheckResult result = application.get().check(configuration);
        Stream.concat(configuration.warnings().stream(), result.warnings().stream())
                .forEach(warning -> err.println("warning: " + warning));
        if (!result.problems().isEmpty()) {
            return refuse(result.problems());
        }
        InterlockConfig config = configuration.config();
        out.println("The configuration is valid.");
        out.println("Interlock would watch "
                + config.engines().stream().map(CommandLineInterface::described).collect(Collectors.joining(", "))
                + " and serve HTTP on port " + config.proxy().port() + ".");
        return ExitCodes.OK;
    }

    private int checkCertificate(CliArguments arguments, InterlockConfig config) {
        List<String> words = arguments.positionals();
        int days = arguments
                .option(CommandLineSyntax.DAYS)
                .map(CommandLineInterface::number)
                .orElse(0);
        if (words.size() != 2 || !words.getFirst().equals(CommandLineSyntax.CHECK) || days < 0) {
            err.println("interlock: expected \"certificates\", or \"certificates check NAME\" with --at HOST:PORT, --ca"
                    + " FILE and --days NUMBER if needed");
            return ExitCodes.INVALID;
        }
        CertificateCheckCommand.Request request = new CertificateCheckCommand.Request(
                words.getLast(),
                arguments.option(CommandLineSyntax.SERVER),
                config.https().map(https -> https.settings().port()).orElse(HTTPS_PORT),
                arguments.option(CommandLineSyntax.ROOTS).map(arguments::path),
                days);
        return switch (new CertificateCheckCommand(out, err, Clock.systemUTC()).make(request)) {
            case ACCEPTED -> ExitCodes.OK;
            case REFUSED -> ExitCodes.NOT_SERVED;
            case INVALID -> ExitCodes.INVALID;
        };
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static String described(EngineConfig engine) {
        return "engine " + engine.id() + " (" + engine.address() + ")";
    }

    private int refuse(List<ConfigProblem> problems) {
        problems.forEach(err::println);
        err.println(CountText.of(problems.size(), "problem") + ", nothing was started.");
        return ExitCodes.INVALID;
    }

    private int misunderstood(ParameterException e) {
        err.println("interlock: " + e.getMessage());
        if (e instanceof UnmatchedArgumentException unmatched) {
            UnmatchedArgumentException.printSuggestions(unmatched, err);
        }
        err.println("Try: interlock --help");
        return ExitCodes.INVALID;
    }
}
