package io.interlock.app.cli;

import io.interlock.app.admin.AdminCommands;
import io.interlock.app.config.reader.CommandLineOverrides;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** What was typed. Options may stand before and after the command's name; the later one counts. */
record CliArguments(ParseResult typed) {

    /** The command's name; empty if none was typed. */
    String command() {
        return typed.hasSubcommand() ? last().commandSpec().name() : "";
    }

    /** What the command is about: what stands behind its name. */
    String subject() {
        return positionals().stream().findFirst().orElse("");
    }

    boolean has(String option) {
        return last().hasMatchedOption(option);
    }

    /** Whether the answer is printed as JSON. */
    boolean isJson() {
        String format = last().matchedOptionValue(CommandLineSyntax.OUTPUT, "text");
        if (!CommandLineSyntax.FORMATS.contains(format)) {
            throw new ParameterException(
                    last().commandSpec().commandLine(),
                    CommandLineSyntax.OUTPUT + " must be one of " + String.join(", ", CommandLineSyntax.FORMATS)
                            + ", not \"" + format + "\"");
        }
        return has(CommandLineSyntax.JSON) || format.equals("json");
    }

    /**
     * A number from 1.
     *
     * @param standard the value if the option is not given
     */
    int number(String option, int standard) {
        int number = last().matchedOptionValue(option, standard);
        if (number < 1) {
            throw new ParameterException(
                    last().commandSpec().commandLine(), option + " must be at least 1, not " + number);
        }
        return number;
    }

    /** The configuration file's name. */
    Optional<String> file() {
        List<String> names = new ArrayList<>();
        if (command().equals(CommandLineSyntax.CHECK)) {
            names.addAll(positionals());
        }
        option(CommandLineSyntax.CONFIG).ifPresent(names::add);
        if (names.size() > 1) {
            throw new ParameterException(
                    last().commandSpec().commandLine(), "Two configuration files: " + String.join(" and ", names));
        }
        return names.stream().findFirst();
    }

    /** Whether {@code reload} has a file that only a dry run may have. */
    boolean isFileWithoutDryRun() {
        return command().equals(AdminCommands.RELOAD) && !positionals().isEmpty() && !has(CommandLineSyntax.DRY_RUN);
    }

    /** The absolute path of the file that a dry run is about; empty if none was typed. */
    Optional<Path> dryRunFile() {
        return positionals().stream().findFirst().map(name -> path(name).toAbsolutePath());
    }

    /** All that stands behind the name of the command. */
    List<String> positionals() {
        return last().matchedPositionals().stream()
                .flatMap(position -> position.stringValues().stream())
                .toList();
    }

    Path path(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new ParameterException(
                    last().commandSpec().commandLine(), "Not the name of a file: " + e.getMessage(), e);
        }
    }

    CommandLineOverrides overrides() {
        return new CommandLineOverrides(
                option(CommandLineSyntax.PROXY_CONF_PATH),
                option(CommandLineSyntax.PROXY_PORT),
                option(CommandLineSyntax.SYSLOG));
    }

    /** The value of an option. */
    Optional<String> option(String name) {
        return Optional.<String>ofNullable(last().matchedOptionValue(name, null))
                .or(() -> Optional.ofNullable(typed.matchedOptionValue(name, null)));
    }

    private ParseResult last() {
        return typed.hasSubcommand() ? typed.subcommand() : typed;
    }
}
