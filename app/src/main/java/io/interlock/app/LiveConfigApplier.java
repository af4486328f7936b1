package io.interlock.app;

import io.interlock.app.accesslog.AccessLogManager;
import io.interlock.app.config.ConfigResult;
import io.interlock.app.config.EngineConfig;
import io.interlock.app.config.HttpsConfig;
import io.interlock.app.config.InterlockConfig;
import io.interlock.app.config.NamedFiles;
import io.interlock.app.config.problem.ConfigProblem;
import io.interlock.app.dialect.DialectSet;
import io.interlock.app.docker.EngineWatchSettings;
import io.interlock.app.docker.EngineWatcherManager;
import io.interlock.app.liveconfig.ConfigApplier;
import io.interlock.app.pipeline.CertificateSelector;
import io.interlock.app.plugin.PluginManager;
import io.interlock.app.plugin.dialect.DialectManager;
import io.interlock.app.services.ServiceManager;
import io.interlock.app.services.ServiceSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Applies a configuration to the components of a running Interlock, in an order that loses no request: certificates
 * come before the load balancers that show them, and go after them.
 *
 * @param current the configuration in use, from which the pipeline takes the policy for containers
 * @param policyChanged called when that policy may have changed
 * @param accessLog the destinations of the log of requests
 * @param check finds the problems of a configuration, as before a start
 */
record LiveConfigApplier(
        AtomicReference<InterlockConfig> current,
        Runnable policyChanged,
        EngineWatcherManager engines,
        CertificateSelector certificates,
        PluginManager plugins,
        DialectManager dialects,
        ServiceManager services,
        AccessLogManager accessLog,
        Function<ConfigResult.Valid, List<ConfigProblem>> check)
        implements ConfigApplier {

    @Override
    public List<ConfigProblem> check(ConfigResult.Valid next) {
        return check.apply(next);
    }

    @Override
    public Map<String, Optional<String>> offer(ConfigResult.Valid next) throws InterruptedException {
        return plugins.offer(next.config().plugins(), next.config().proxy());
    }

    @Override
    public Map<String, String> apply(
            ConfigResult.Valid before, ConfigResult.Valid next, Map<String, Optional<String>> offers)
            throws InterruptedException {
        current.set(next.config());
        policyChanged.run();
        engines.reconfigure(watchSettings(next.config(), dialects.current()), enginesWithOtherFiles(before, next));
        services.reconfigure(ServiceSettings.of(next.config()));
        accessLog.reconfigure(next.config().accessLog());
        boolean certificatesChange = !certificatesOf(before).equals(certificatesOf(next));
        if (certificatesChange && next.config().https().isPresent()) {
            certificates.reconfigure(next.config());
        }
        Map<String, String> failures = reconfigurePlugins(before.config(), next.config(), offers);
        if (certificatesChange && next.config().https().isEmpty()) {
            certificates.reconfigure(next.config());
        }
        return failures;
    }

    private Map<String, String> reconfigurePlugins(
            InterlockConfig before, InterlockConfig next, Map<String, Optional<String>> offers)
            throws InterruptedException {
        Set<String> accepted = offers.entrySet().stream()
                .filter(offer -> offer.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        boolean isSame = accepted.isEmpty()
                && before.plugins().equals(next.plugins())
                && before.proxy().equals(next.proxy());
        return isSame ? Map.of() : plugins.reconfigure(next.plugins(), next.proxy(), accepted);
    }

    @Override
    public Set<Path> files() {
        return plugins.files();
    }

    static EngineWatchSettings watchSettings(InterlockConfig config, DialectSet dialects) {
        return EngineWatchSettings.of(
                config.engines(),
                config.containerPolicy().with(dialects).selection(),
                config.containerPolicy().ownership().asksForImages());
    }

    private static Set<String> enginesWithOtherFiles(ConfigResult.Valid before, ConfigResult.Valid next) {
        return next.config().engines().stream()
                .filter(engine -> NamedFiles.of(engine).stream()
                        .anyMatch(file -> !Objects.equals(
                                before.document().files().get(file),
                                next.document().files().get(file))))
                .map(EngineConfig::id)
                .collect(Collectors.toSet());
    }

    /** What the certificates depend on; {@code min_version} and the like concern the load balancers alone. */
    private static List<Object> certificatesOf(ConfigResult.Valid configuration) {
        Optional<HttpsConfig> https = configuration.config().https();
        return List.of(
                https.map(HttpsConfig::certificates),
                https.flatMap(HttpsConfig::acme),
                https.flatMap(HttpsConfig::acme).stream()
                        .flatMap(acme -> acme.trusted().stream())
                        .map(file -> Objects.toString(
                                configuration.document().files().get(file)))
                        .toList());
    }
}
