package io.interlock.app.cli;

import io.interlock.app.admin.AdminCommands;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** What can be typed. Built in code rather than from annotations: that starts faster and leaves nothing null. */
final class CommandLineSyntax {

    static final String CONFIG = "-config";
    static final String PROXY_PORT = "-proxy-port";
    static final String PROXY_CONF_PATH = "-proxy-conf-path";
    static final String SYSLOG = "-syslog";
    static final String JSON = "--json";
    static final String FOLLOW = "--follow";
    static final String CHECK = "check";
    static final String COMPLETION = "completion";
    static final String SCHEMA = "schema";

    private static final String NAME = "interlock";
    private static final List<String> LEVELS = List.of("error", "warn", "info", "debug", "trace");

    private CommandLineSyntax() {}

    static CommandLine commandLine(String version) {
        CommandSpec root = command("", "Serves containers by their host names, as soon as they start.")
                .version(version)
                .addOption(OptionSpec.builder("--version", "-V")
                        .versionHelp(true)
                        .description("Shows the version and ends.")
                        .build());
        root.usageMessage()
                .footer(
                        "%nWithout a command it runs until SIGTERM or SIGINT.",
                        "Exit codes: 0 ended as told, 1 failed, 2 wrong command line or configuration (nothing was"
                                + " started), 3 no Java 21 or later, 4 no running Interlock to ask, 5 explained, and"
                                + " not served.");
        List.of(
                        command(CHECK, "Checks a configuration, starts nothing.")
                                .addPositional(parameter("FILE", "The same as -config FILE.", "0..1")
                                        .build()),
                        question(AdminCommands.STATUS, "Shows how a running Interlock is, and what is wrong."),
                        question(
                                AdminCommands.ROUTES,
                                "Lists hosts, paths, backends and servers, of a running Interlock or as one would have"
                                        + " them."),
                        question(
                                AdminCommands.CERTIFICATES,
                                "Lists the certificates of a running Interlock, and how long each is valid."),
                        question(AdminCommands.PLUGINS, "Lists the plugins of a running Interlock."),
                        question(
                                        AdminCommands.EXPLAIN,
                                        "Says why a host, URL or container is served, or why not and what to change;"
                                                + " asks a running Interlock, or looks at the engines once.")
                                .addPositional(parameter(
                                                "HOST|URL|CONTAINER",
                                                "A host name, a URL, or a container's name or id.",
                                                "1")
                                        .build()),
                        question(AdminCommands.EVENTS, "Shows what happened lately in a running Interlock.")
                                .addOption(OptionSpec.builder(FOLLOW, "-f")
                                        .description("Goes on with what happens, until interrupted.")
                                        .build()),
                        question(
                                AdminCommands.RENDER,
                                "Shows how the files that would be written now differ from those that lie there; of a"
                                        + " running Interlock or as one would write them."),
                        question(
                                        AdminCommands.LOG_LEVEL,
                                        "Changes how much a running Interlock logs, until its next start.")
                                .addPositional(parameter("LEVEL", "One of ${COMPLETION-CANDIDATES}.", "1")
                                        .completionCandidates(LEVELS)
                                        .build()),
                        command(
                                        SCHEMA,
                                        "Prints the JSON Schema of the configuration file, or of INTERLOCK_DATA of a container.")
                                .addPositional(parameter("WHAT", "One of ${COMPLETION-CANDIDATES}.", "1")
                                        .completionCandidates(PublishedSchemas.names())
                                        .build()),
                        command(COMPLETION, "Prints a script that completes commands in bash and zsh."))
                .forEach(sub -> root.addSubcommand(sub.name(), sub));
        // -confg is a mistake to point out, not -c with the file onfg.
        return new CommandLine(root).setPosixClusteredShortOptionsAllowed(false);
    }

    private static CommandSpec question(String name, String description) {
        return command(name, description)
                .addOption(OptionSpec.builder(JSON)
                        .description("Prints JSON rather than text.")
                        .build());
    }

    private static CommandSpec command(String name, String description) {
        CommandSpec spec = CommandSpec.create()
                .name(name.isEmpty() ? NAME : name)
                .addOption(OptionSpec.builder("-h", "--help", "-help")
                        .usageHelp(true)
                        .description("Shows this text and ends.")
                        .build())
                .addOption(text(
                        "FILE",
                        "The configuration file. Without it: the file that the environment variable INTERLOCK_CONFIG"
                                + " names; without that, every key has its default.",
                        CONFIG,
                        "--config",
                        "-c"))
                .addOption(text("PORT", "Serve HTTP on this port.", PROXY_PORT, "--proxy-port"))
                .addOption(text("FILE", "Write the proxy's configuration here.", PROXY_CONF_PATH, "--proxy-conf-path"))
                .addOption(text("ADDRESS", "Log requests to HOST:PORT or a socket.", SYSLOG, "--syslog"));
        spec.usageMessage().description(description).sortOptions(false).abbreviateSynopsis(true);
        return spec;
    }

    private static PositionalParamSpec.Builder parameter(String label, String description, String arity) {
        return PositionalParamSpec.builder()
                .paramLabel(label)
                .type(String.class)
                .arity(arity)
                .required(arity.equals("1"))
                .description(description);
    }

    private static OptionSpec text(String label, String description, String... names) {
        return OptionSpec.builder(names)
                .paramLabel(label)
                .type(String.class)
                .description(description)
                .build();
    }
}
