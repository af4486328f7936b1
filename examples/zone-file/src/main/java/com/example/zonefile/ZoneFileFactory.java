package com.example.zonefile;

import io.interlock.api.dns.DnsProvider;
import io.interlock.api.dns.DnsProviderFactory;
import io.interlock.api.plugin.PluginContext;
import java.nio.file.Path;
import org.pf4j.Extension;

/** Creates the provider; Interlock finds this class in the plugin's jar. */
@Extension
public final class ZoneFileFactory implements DnsProviderFactory<ZoneFileConfig> {

    @Override
    public String type() {
        return "zone-file";
    }

    @Override
    public Class<ZoneFileConfig> configType() {
        return ZoneFileConfig.class;
    }

    @Override
    public DnsProvider create(ZoneFileConfig config, PluginContext context) {
        Path file = config.file().orElse(Path.of("records.txt"));
        return new ZoneFileProvider(context.dataDirectory().resolve(file));
    }
}
