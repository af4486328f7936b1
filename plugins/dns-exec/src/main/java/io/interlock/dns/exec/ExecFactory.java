package io.interlock.dns.exec;

import io.interlock.api.dns.DnsProvider;
import io.interlock.api.dns.DnsProviderFactory;
import io.interlock.api.plugin.PluginContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pf4j.Extension;

/** Creates the provider; Interlock finds this class in the plugin's jar. */
@Extension
public final class ExecFactory implements DnsProviderFactory<ExecConfig> {

    @Override
    public String type() {
        return "exec";
    }

    @Override
    public Class<ExecConfig> configType() {
        return ExecConfig.class;
    }

    @Override
    public DnsProvider create(ExecConfig config, PluginContext context) throws IOException {
        Path program = config.program()
                .orElseThrow(() -> new IOException("\"program\" is missing: the absolute path of your program"));
        if (!Files.isRegularFile(program) || !Files.isExecutable(program)) {
            throw new IOException("\"program\" is " + program + ", which is not a program that Interlock may run");
        }
        return new ExecProvider(program, config, context.dataDirectory());
    }
}
