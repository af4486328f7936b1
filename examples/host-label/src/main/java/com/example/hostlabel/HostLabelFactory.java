package com.example.hostlabel;

import io.interlock.api.dialect.LabelDialect;
import io.interlock.api.dialect.LabelDialectFactory;
import org.pf4j.Extension;

/** Creates the dialect; Interlock finds this class in the plugin's jar. */
@Extension
public final class HostLabelFactory implements LabelDialectFactory<HostLabelConfig> {

    @Override
    public String type() {
        return "host label";
    }

    @Override
    public Class<HostLabelConfig> configType() {
        return HostLabelConfig.class;
    }

    @Override
    public LabelDialect create(HostLabelConfig config) {
        return new HostLabelDialect();
    }
}
