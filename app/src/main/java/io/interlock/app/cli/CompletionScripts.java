package io.interlock.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Scripts that complete command lines in shells, from the syntax of the command line. */
final class CompletionScripts {

    static final List<String> SHELLS = List.of("bash", "zsh", "fish");

    private CompletionScripts() {}

    /** Returns the script; empty if the shell is none of {@link #SHELLS}. */
    static Optional<String> of(String shell, CommandLine commandLine) {
        String name = commandLine.getCommandName();
        return switch (shell) {
            case "bash" -> Optional.of(AutoComplete.bash(name, commandLine));
            case "zsh" ->
                Optional.of("#compdef " + name + "\nautoload -U +X bashcompinit && bashcompinit\n"
                        + AutoComplete.bash(name, commandLine));
            case "fish" -> Optional.of(fish(name, commandLine));
            default -> Optional.empty();
        };
    }

    private static String fish(String name, CommandLine commandLine) {
        List<String> lines = new ArrayList<>();
        lines.add("complete -c " + name + " -f");
        options(name, "__fish_use_subcommand", commandLine.getCommandSpec(), lines);
        commandLine.getSubcommands().forEach((command, sub) -> {
            CommandSpec spec = sub.getCommandSpec();
            lines.add("complete -c " + name + " -n __fish_use_subcommand -a " + command + description(spec));
            String condition = "'__fish_seen_subcommand_from " + command + "'";
            options(name, condition, spec, lines);
            spec.positionalParameters()
                    .forEach(parameter -> candidates(parameter)
                            .ifPresent(
                                    words -> lines.add("complete -c " + name + " -n " + condition + " -a " + words)));
        });
        return String.join("\n", lines);
    }

    private static void options(String name, String condition, CommandSpec spec, List<String> lines) {
        for (OptionSpec option : spec.options()) {
            StringBuilder line = new StringBuilder("complete -c " + name + " -n " + condition);
            for (String word : option.names()) {
                boolean isLong = word.startsWith("--");
                line.append(isLong ? " -l " : word.length() == 2 ? " -s " : " -o ")
                        .append(word.substring(isLong ? 2 : 1));
            }
            if (option.arity().max() > 0) {
                // The value of an option may be a file.
                line.append(option.paramLabel().equals("FILE") ? " -r -F" : " -x");
                candidates(option).ifPresent(words -> line.append(" -a ").append(words));
            }
            lines.add(line + description(option.description()));
        }
    }

    private static Optional<String> candidates(ArgSpec parameter) {
        if (parameter.completionCandidates() == null) {
            return Optional.empty();
        }
        List<String> words = new ArrayList<>();
        parameter.completionCandidates().forEach(words::add);
        return Optional.of(quoted(String.join(" ", words)));
    }

    private static String description(CommandSpec spec) {
        return description(spec.usageMessage().description());
    }

    private static String description(String... lines) {
        return lines.length == 0 ? "" : " -d " + quoted(String.join(" ", lines));
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
