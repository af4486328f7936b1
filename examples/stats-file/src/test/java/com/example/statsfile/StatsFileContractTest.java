package com.example.statsfile;

import io.interlock.api.sink.StatsSink;
import io.interlock.testkit.SinkTestContext;
import io.interlock.testkit.StatsSinkContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Contract of every sink. */
class StatsFileContractTest extends StatsSinkContract {

    @Override
    protected StatsSink create(SinkTestContext host) {
        return new StatsFileFactory().create(new StatsFileConfig(Optional.empty()), host);
    }

    @Override
    protected String output(SinkTestContext host) throws IOException {
        return Files.readString(host.dataDirectory().resolve("stats.csv"));
    }

    /** Puts a folder in the place of the file that is written first. */
    @Override
    protected boolean prevent(SinkTestContext host) throws IOException {
        Files.createDirectory(obstacle(host));
        return true;
    }

    @Override
    protected void allow(SinkTestContext host) throws IOException {
        Files.delete(obstacle(host));
    }

    private static Path obstacle(SinkTestContext host) {
        return host.dataDirectory().resolve("stats.csv.new");
    }
}
