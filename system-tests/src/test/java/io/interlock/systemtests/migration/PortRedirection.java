package io.interlock.systemtests.migration;

import io.interlock.systemtests.support.MarkdownDocument;
import io.interlock.testsupport.engine.LocalEngine;
import io.interlock.testsupport.process.SystemProcesses;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The firewall's redirection of ports, by the commands of {@code docs/migrating.md}: with a table and ports of the test's
 * own.
 */
final class PortRedirection implements AutoCloseable {

    private static final String PAGE = "docs/migrating.md";
    private static final String MARKER = "a firewall with nftables: ";
    private static final String TABLE = "interlock_move";
    private static final Pattern NUMBER = Pattern.compile("\\b\\d{2,4}\\b");

    private final String table = LocalEngine.uniqueName("move").replaceAll("[^a-z0-9]", "_");
    private final Map<String, Integer> ports;

    /** @param ports the test's port for each port of the page */
    PortRedirection(Map<String, Integer> ports) {
        this.ports = Map.copyOf(ports);
    }

    /** Returns why this machine's firewall cannot be changed; empty if it can. */
    static Optional<String> obstacle() throws IOException {
        SystemProcesses.Outcome outcome =
                SystemProcesses.outcomeOf(shell("nft -c add table inet " + TABLE + " && nft list tables > /dev/null"));
        return outcome.exitCode() == 0
                ? Optional.empty()
                : Optional.of("nft cannot be used: " + outcome.output().strip());
    }

    /** Runs the page's commands with this marker. */
    void run(String step) throws IOException {
        String commands = MarkdownDocument.read(PAGE).blocks().stream()
                .filter(block -> block.isShell() && block.argument().equals(MARKER + step))
                .findFirst()
                .orElseThrow(() -> new IOException(PAGE + " has no commands for: " + step))
                .text();
        SystemProcesses.Outcome outcome = SystemProcesses.outcomeOf(shell("set -e\n" + adapted(commands)));
        if (outcome.exitCode() != 0) {
            throw new IOException(step + " failed: " + outcome.output());
        }
    }

    private String adapted(String commands) {
        return NUMBER.matcher(commands.replace(TABLE, table))
                .replaceAll(number -> Optional.ofNullable(ports.get(number.group()))
                        .map(String::valueOf)
                        .orElse(number.group()));
    }

    private static ProcessBuilder shell(String commands) {
        ProcessBuilder bash = new ProcessBuilder("bash", "-c", commands);
        bash.environment().merge("PATH", "/usr/sbin:/sbin", (path, more) -> path + ":" + more);
        return bash;
    }

    @Override
    public void close() throws IOException {
        SystemProcesses.outcomeOf(shell("nft delete table inet " + table));
    }
}
