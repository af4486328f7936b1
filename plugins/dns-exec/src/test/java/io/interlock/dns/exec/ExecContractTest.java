package io.interlock.dns.exec;

import io.interlock.api.dns.DnsProvider;
import io.interlock.api.plugin.PluginContext;
import io.interlock.testkit.DnsProviderContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Tests the provider with a program that keeps records in a file. */
@Tag("unit")
class ExecContractTest extends DnsProviderContract {

    private static final String PROGRAM = """
            #!/bin/sh
            [ ! -e stalled ] || exec sleep 600
            touch records
            grep -v -F -x "$2 $3" records >rest
            [ "$1" = cleanup ] || echo "$2 $3" >>rest
            mv rest records
            """;

    @TempDir
    Path files;

    @Override
    protected DnsProvider create(PluginContext host) throws Exception {
        Path program = files.resolve("program");
        Files.writeString(program, PROGRAM);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        ExecConfig config = new ExecConfig(Optional.of(program), Map.of(), null);
        records = host.dataDirectory().resolve("records");
        return new ExecFactory().create(config, host);
    }

    private Path records = Path.of("");

    @Override
    protected boolean stall() throws Exception {
        Files.createFile(records.resolveSibling("stalled"));
        return true;
    }

    @Override
    protected void resume() throws Exception {
        Files.delete(records.resolveSibling("stalled"));
    }

    @Override
    protected String zone() {
        return "example.com";
    }

    @Override
    protected List<String> values(String name) throws Exception {
        return Files.readAllLines(records).stream()
                .filter(line -> line.startsWith(name + ". "))
                .map(line -> line.substring(name.length() + 2))
                .toList();
    }
}
