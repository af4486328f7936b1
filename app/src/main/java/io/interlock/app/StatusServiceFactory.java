package io.interlock.app;

import io.interlock.api.status.AccessLogStatus;
import io.interlock.api.status.EngineStatus.Intake;
import io.interlock.api.status.SinkStatus;
import io.interlock.api.status.TlsStatus;
import io.interlock.app.config.InterlockConfig;
import io.interlock.app.dialect.DialectSet;
import io.interlock.app.docker.EngineWatcherManager;
import io.interlock.app.docker.watch.EngineWatchStats;
import io.interlock.app.inventory.ContainerKey;
import io.interlock.app.status.StatusService;
import io.interlock.app.status.StatusService.Sources;
import io.interlock.pluginhost.ApiVersion;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Creates the status service, and converts the results of other packages for it. */
final class StatusServiceFactory {

    private StatusServiceFactory() {}

    static StatusService of(
            Supplier<InterlockConfig> config,
            Supplier<Map<String, Intake>> intake,
            Supplier<List<SinkStatus>> sinks,
            Supplier<TlsStatus> tls,
            Supplier<DialectSet> dialects,
            Supplier<List<AccessLogStatus>> accessLog) {
        Supplier<Map<String, String>> addresses = () -> {
            Map<String, String> byId = new TreeMap<>();
            config.get()
                    .engines()
                    .forEach(engine -> byId.put(engine.id(), engine.address().toString()));
            config.get().servicesDir().ifPresent(folder -> byId.put(ContainerKey.SERVICES, folder.toString()));
            return byId;
        };
        return new StatusService(
                ApiVersion.current(),
                Clock.systemUTC(),
                new Sources(addresses, intake, sinks, tls, dialects, accessLog));
    }

    static Map<String, Intake> intake(EngineWatcherManager engines) {
        Map<String, Intake> intake = new TreeMap<>();
        engines.counters().forEach((id, counters) -> intake.put(id, intake(counters)));
        return intake;
    }

    private static Intake intake(EngineWatchStats counters) {
        return new Intake(
                counters.events(),
                counters.eventInspects(),
                counters.otherInspects(),
                counters.resyncs(),
                counters.connects());
    }
}
