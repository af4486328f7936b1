package io.interlock.caddy;

import io.interlock.api.dialect.LabelDialect;
import io.interlock.api.dialect.LabelDialectFactory;
import org.pf4j.Extension;

/** Creates the dialect; Interlock finds this class in the plugin's jar. */
@Extension
public final class CaddyFactory implements LabelDialectFactory<CaddyConfig> {

    @Override
    public String type() {
        return "caddy";
    }

    @Override
    public Class<CaddyConfig> configType() {
        return CaddyConfig.class;
    }

    @Override
    public LabelDialect create(CaddyConfig config) {
        return new CaddyDialect(config);
    }
}
