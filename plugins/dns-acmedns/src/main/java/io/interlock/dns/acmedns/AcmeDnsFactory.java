package io.interlock.dns.acmedns;

import io.interlock.api.dns.DnsProvider;
import io.interlock.api.dns.DnsProviderFactory;
import io.interlock.api.plugin.PluginContext;
import java.io.IOException;
import org.pf4j.Extension;

/** Creates the provider; Interlock finds this class in the plugin's jar. */
@Extension
public final class AcmeDnsFactory implements DnsProviderFactory<AcmeDnsConfig> {

    @Override
    public String type() {
        return "acmedns";
    }

    @Override
    public Class<AcmeDnsConfig> configType() {
        return AcmeDnsConfig.class;
    }

    @Override
    public DnsProvider create(AcmeDnsConfig config, PluginContext context) throws IOException {
        if (config.accounts().isEmpty()) {
            throw new IOException("\"accounts\" is missing: register one with curl -X POST " + config.server()
                    + "/register, and copy the answer");
        }
        return new AcmeDnsProvider(config);
    }
}
