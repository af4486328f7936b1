package io.interlock.nginxproxy;

import io.interlock.api.dialect.LabelDialect;
import io.interlock.api.dialect.LabelDialectFactory;
import java.io.IOException;
import org.pf4j.Extension;

/** Creates the dialect; Interlock finds this class in the plugin's jar. */
@Extension
public final class NginxProxyFactory implements LabelDialectFactory<NginxProxyConfig> {

    @Override
    public String type() {
        return "nginx-proxy";
    }

    @Override
    public Class<NginxProxyConfig> configType() {
        return NginxProxyConfig.class;
    }

    @Override
    public LabelDialect create(NginxProxyConfig config) throws IOException {
        return new NginxProxyDialect(config, HtpasswdFolder.read(config.htpasswdDir()));
    }
}
