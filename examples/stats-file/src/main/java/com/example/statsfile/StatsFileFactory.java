package com.example.statsfile;

import io.interlock.api.sink.StatsSink;
import io.interlock.api.sink.StatsSinkContext;
import io.interlock.api.sink.StatsSinkFactory;
import java.nio.file.Path;
import org.pf4j.Extension;

/** Creates the sink; Interlock finds this class in the plugin's jar. */
@Extension
public final class StatsFileFactory implements StatsSinkFactory<StatsFileConfig> {

    @Override
    public String type() {
        return "stats file";
    }

    @Override
    public Class<StatsFileConfig> configType() {
        return StatsFileConfig.class;
    }

    @Override
    public StatsSink create(StatsFileConfig config, StatsSinkContext context) {
        Path file = config.file().orElse(Path.of("stats.csv"));
        return new StatsFileSink(context.dataDirectory().resolve(file));
    }
}
