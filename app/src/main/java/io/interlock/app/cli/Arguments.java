package io.interlock.app.cli;

import io.interlock.app.config.Overrides;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** What was typed. Options may stand before and after the command's name; the later one counts. */
record Arguments(ParseResult typed) {

    boolean isCheck() {
        return typed.hasSubcommand();
    }

    /** The configuration file's name. */
    Optional<String> file() {
        List<String> names = new ArrayList<>();
        last().matchedPositionals().forEach(position -> names.add(position.getValue()));
        option(Syntax.CONFIG).ifPresent(names::add);
        if (names.size() > 1) {
            throw new ParameterException(
                    last().commandSpec().commandLine(), "Two configuration files: " + String.join(" and ", names));
        }
        return names.stream().findFirst();
    }

    Path path(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new ParameterException(
                    last().commandSpec().commandLine(), "Not the name of a file: " + e.getMessage(), e);
        }
    }

    Overrides overrides() {
        return new Overrides(option(Syntax.PROXY_CONF_PATH), option(Syntax.PROXY_PORT), option(Syntax.SYSLOG));
    }

    private Optional<String> option(String name) {
        return Optional.<String>ofNullable(last().matchedOptionValue(name, null))
                .or(() -> Optional.ofNullable(typed.matchedOptionValue(name, null)));
    }

    private ParseResult last() {
        return isCheck() ? typed.subcommand() : typed;
    }
}
