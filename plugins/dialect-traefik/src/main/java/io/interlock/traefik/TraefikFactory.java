package io.interlock.traefik;

import io.interlock.api.dialect.LabelDialect;
import io.interlock.api.dialect.LabelDialectFactory;
import org.pf4j.Extension;

/** Creates the dialect; Interlock finds this class in the plugin's jar. */
@Extension
public final class TraefikFactory implements LabelDialectFactory<TraefikConfig> {

    @Override
    public String type() {
        return "Traefik";
    }

    @Override
    public Class<TraefikConfig> configType() {
        return TraefikConfig.class;
    }

    @Override
    public LabelDialect create(TraefikConfig config) {
        return new TraefikDialect(config);
    }
}
