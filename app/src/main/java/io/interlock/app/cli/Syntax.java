package io.interlock.app.cli;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** What can be typed. Built in code rather than from annotations: that starts faster and leaves nothing null. */
final class Syntax {

    static final String CONFIG = "-config";
    static final String PROXY_PORT = "-proxy-port";
    static final String PROXY_CONF_PATH = "-proxy-conf-path";
    static final String SYSLOG = "-syslog";
    static final String CHECK = "check";

    private Syntax() {}

    static CommandLine commandLine(String version) {
        CommandSpec check = command("interlock check", "Checks a configuration, starts nothing.")
                .addPositional(PositionalParamSpec.builder()
                        .paramLabel("FILE")
                        .type(String.class)
                        .arity("0..1")
                        .description("The same as -config FILE.")
                        .build());
        CommandSpec root = command("interlock", "Serves containers by their host names, as soon as they start.")
                .version(version)
                .addOption(OptionSpec.builder("--version", "-V")
                        .versionHelp(true)
                        .description("Shows the version and ends.")
                        .build());
        root.usageMessage()
                .footer(
                        "%nWithout a command it runs until SIGTERM or SIGINT.",
                        "Exit codes: 0 ended as told, 1 failed, 2 wrong command line or configuration (nothing was"
                                + " started), 3 no Java 21 or later.");
        root.addSubcommand(CHECK, check);
        // -confg is a mistake to point out, not -c with the file onfg.
        return new CommandLine(root).setPosixClusteredShortOptionsAllowed(false);
    }

    private static CommandSpec command(String name, String description) {
        CommandSpec spec = CommandSpec.create()
                .name(name)
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

    private static OptionSpec text(String label, String description, String... names) {
        return OptionSpec.builder(names)
                .paramLabel(label)
                .type(String.class)
                .description(description)
                .build();
    }
}
