package io.interlock.app.cli;

import io.interlock.app.admin.AdminCommands;
import io.interlock.app.cli.project.PluginProjectCommand;
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
    static final String OUTPUT = "--output";
    static final List<String> FORMATS = List.of("text", "json");
    static final String FOLLOW = "--follow";
    static final String DRY_RUN = "--dry-run";
    static final String EXIT_CODE = "--exit-code";
    static final String INTERVAL = "--interval";
    static final String COUNT = "--count";
    static final String ROWS = "--rows";
    static final String STATUSES = "--status";
    static final String FROM = "--from";
    static final String ENGINE = "--engine";
    static final String COMPARE = "--compare";
    static final String WITH = "--with";
    static final String CHECK = "check";
    static final String TOP = "top";
    static final String SERVER = "--at";
    static final String ROOTS = "--ca";
    static final String DAYS = "--days";
    static final String NEW = "new";
    static final String KIND = "--kind";
    static final String PACKAGE = "--package";
    static final String DIRECTORY = "--directory";
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
                        .description("Shows the version.")
                        .build());
        root.usageMessage()
                .footer(
                        "%nWithout a command it runs until SIGTERM or SIGINT.",
                        "Exit codes: 0 success, 1 failure, 2 wrong command line or configuration (nothing was"
                                + " started), 3 no Java 21 or later, 4 no running Interlock, 5 the subject of"
                                + " explain is not served, or clients refuse the certificate of check, 6 status"
                                + " --exit-code: there are problems; migrate: something is lost or not served, or an"
                                + " answer differs.");
        List.of(
                        command(CHECK, "Checks a configuration, starts nothing.")
                                .addPositional(parameter("FILE", "The same as -config FILE.", "0..1")
                                        .build()),
                        question(AdminCommands.STATUS, "Shows the state and the problems of a running Interlock.")
                                .addOption(OptionSpec.builder(EXIT_CODE)
                                        .description("Ends with 6 if something is not as requested, for monitoring.")
                                        .build()),
                        question(
                                        TOP,
                                        "Shows the rates of requests and errors of the busiest backends, again and again.")
                                .addOption(number(INTERVAL, "SECONDS", "Time between two looks. Default: 2."))
                                .addOption(number(COUNT, "N", "Ends after this many looks. Default: never."))
                                .addOption(number(ROWS, "N", "Most backends to show. Default: 20.")),
                        question(
                                AdminCommands.ROUTES,
                                "Lists hosts, paths, backends and servers; without a running Interlock, computes what"
                                        + " it would serve."),
                        question(
                                        AdminCommands.CERTIFICATES,
                                        "Lists the certificates of a running Interlock, and how long each is valid;"
                                                + " with check NAME, makes a handshake and explains what a client"
                                                + " sees.")
                                .addPositional(parameter("check NAME", "The name that a client asks for.", "0..2")
                                        .build())
                                .addOption(text(
                                        "HOST:PORT", "Where check connects. Default: HTTPS on this machine.", SERVER))
                                .addOption(text(
                                        "FILE",
                                        "The certificates that check trusts. Default: those that Java trusts.",
                                        ROOTS))
                                .addOption(text(
                                        "DAYS", "How long the certificate must be valid at least. Default: 0.", DAYS)),
                        question(
                                        AdminCommands.PLUGINS,
                                        "Lists the plugins of a running Interlock; with new NAME, writes the Maven"
                                                + " project of a plugin.")
                                .addPositional(parameter("new NAME", "The name of the plugin to write.", "0..2")
                                        .build())
                                .addOption(OptionSpec.builder(KIND)
                                        .paramLabel("KIND")
                                        .type(String.class)
                                        .completionCandidates(PluginProjectCommand.kinds())
                                        .description("For new: one of ${COMPLETION-CANDIDATES}.")
                                        .build())
                                .addOption(text(
                                        "PACKAGE", "For new: the Java package. Default: com.example.NAME.", PACKAGE))
                                .addOption(text("FOLDER", "For new: the folder to create. Default: NAME.", DIRECTORY)),
                        question(
                                AdminCommands.OWNERS,
                                "Lists the owners of host names, their names, and the claims of containers that were"
                                        + " refused."),
                        question(
                                        AdminCommands.EXPLAIN,
                                        "Explains why a host, URL or container is served, or why not and what to"
                                                + " change; without a running Interlock, queries the engines once.")
                                .addPositional(parameter(
                                                "HOST|URL|CONTAINER",
                                                "A host name, a URL, or a container's name or id.",
                                                "1")
                                        .build()),
                        question(AdminCommands.EVENTS, "Shows the recent events of a running Interlock.")
                                .addOption(OptionSpec.builder(FOLLOW, "-f")
                                        .description("Continues with new events until interrupted.")
                                        .build()),
                        question(
                                        AdminCommands.LOGS,
                                        "Shows the latest requests of a running Interlock that logs requests.")
                                .addPositional(parameter(
                                                "HOST",
                                                "Only requests for this host name; * stands for any characters.",
                                                "0..1")
                                        .build())
                                .addOption(text("STATUS", "Only these statuses, such as 5xx,404.", STATUSES))
                                .addOption(number(COUNT, "N", "Most of the latest requests to show. Default: 20."))
                                .addOption(OptionSpec.builder(FOLLOW, "-f")
                                        .description("Continues with new requests until interrupted.")
                                        .build()),
                        question(
                                        AdminCommands.RELOAD,
                                        "Has a running Interlock read its configuration again, and tells what changed.")
                                .addOption(OptionSpec.builder(DRY_RUN)
                                        .description("Only tells what would happen.")
                                        .build())
                                .addPositional(parameter(
                                                "FILE",
                                                "With --dry-run: a file to look at instead of the configuration file.",
                                                "0..1")
                                        .build()),
                        question(
                                AdminCommands.RENDER,
                                "Shows the difference between the current files of the load balancers and those that"
                                        + " would be written now."),
                        question(
                                        AdminCommands.MIGRATE,
                                        "Shows what would become of running containers with labels for another proxy,"
                                                + " and serves nothing.")
                                .addOption(OptionSpec.builder(FROM)
                                        .paramLabel("NAME")
                                        .type(String.class)
                                        .required(true)
                                        .description(
                                                "The dialect: traefik, nginx-proxy or caddy, or that of another plugin.")
                                        .build())
                                .addOption(text(
                                        "ENGINE",
                                        "Only this engine: its id in the configuration, or an address such as"
                                                + " unix:///var/run/docker.sock.",
                                        ENGINE))
                                .addOption(text(
                                        "URL",
                                        "Also asks the other proxy at this address and a running Interlock for each host and"
                                                + " path, and lists the answers that differ.",
                                        COMPARE))
                                .addOption(text(
                                        "URL",
                                        "With --compare: the address of Interlock. Default: this machine with the port of"
                                                + " the configuration.",
                                        WITH)),
                        question(
                                        AdminCommands.LOG_LEVEL,
                                        "Changes the log level of a running Interlock until its next start.")
                                .addPositional(parameter("LEVEL", "One of ${COMPLETION-CANDIDATES}.", "1")
                                        .completionCandidates(LEVELS)
                                        .build()),
                        command(
                                        SCHEMA,
                                        "Prints the JSON Schema of the configuration file, of INTERLOCK_DATA of a"
                                                + " container, or of the file of a service.")
                                .addPositional(parameter("WHAT", "One of ${COMPLETION-CANDIDATES}.", "1")
                                        .completionCandidates(PublishedSchemas.names())
                                        .build()),
                        command(COMPLETION, "Prints a script that completes commands in a shell.")
                                .addPositional(parameter(
                                                "SHELL", "One of ${COMPLETION-CANDIDATES}; bash unless given.", "0..1")
                                        .completionCandidates(CompletionScripts.SHELLS)
                                        .build()))
                .forEach(sub -> root.addSubcommand(sub.name(), sub));
        // -confg is a mistake to point out, not -c with the file onfg.
        return new CommandLine(root).setPosixClusteredShortOptionsAllowed(false);
    }

    private static CommandSpec question(String name, String description) {
        return command(name, description)
                .addOption(OptionSpec.builder(JSON)
                        .description("Prints JSON rather than text.")
                        .build())
                .addOption(OptionSpec.builder(OUTPUT, "-o")
                        .paramLabel("FORMAT")
                        .type(String.class)
                        .completionCandidates(FORMATS)
                        .description("One of ${COMPLETION-CANDIDATES}; text unless given.")
                        .build());
    }

    private static CommandSpec command(String name, String description) {
        CommandSpec spec = CommandSpec.create()
                .name(name.isEmpty() ? NAME : name)
                .addOption(OptionSpec.builder("-h", "--help", "-help")
                        .usageHelp(true)
                        .description("Shows this text.")
                        .build())
                .addOption(text(
                        "FILE",
                        "The configuration file. Default: the file named by the environment variable"
                                + " INTERLOCK_CONFIG; without both, every key has its default.",
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
                // Of an array, each word is taken; of a text, only the first.
                .type(arity.endsWith("2") ? String[].class : String.class)
                .arity(arity)
                .required(arity.equals("1"))
                .description(description);
    }

    private static OptionSpec number(String name, String label, String description) {
        return OptionSpec.builder(name)
                .paramLabel(label)
                .type(Integer.class)
                .description(description)
                .build();
    }

    private static OptionSpec text(String label, String description, String... names) {
        return OptionSpec.builder(names)
                .paramLabel(label)
                .type(String.class)
                .description(description)
                .build();
    }
}
